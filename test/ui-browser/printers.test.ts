import { expect, test } from 'vitest'
import { fakeBench } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

type Bench = ReturnType<typeof fakeBench>

const rolls = [
  { id: '40x30-203', words: '40 × 30 mm labels, 203 dpi' },
  { id: '50x30-203', words: '50 × 30 mm labels, 203 dpi' },
  { id: '100x50-203', words: '100 × 50 mm labels, 203 dpi' },
]

function printer(facts: Partial<Bench['printers'][number]>): Bench['printers'][number] {
  return {
    id: 'zebra',
    name: 'Zebra GK420d (USB)',
    simulated: false,
    media: '50 × 30 mm labels, 203 dpi',
    mediaId: '50x30-203',
    mediaChoices: rolls,
    usable: true,
    stateWords: 'Ready, 50 × 30 mm labels, 203 dpi',
    tone: 'good',
    ...facts,
  }
}

function job(facts: Partial<Bench['printJobs'][number]>): Bench['printJobs'][number] {
  return {
    id: 'job-1',
    tag: 'HW-00001',
    printerName: 'Zebra GK420d (USB)',
    stateWords: 'Printed',
    tone: 'good',
    fileUrl: null,
    actions: ['reprint', 'void'],
    updatedAt: '2026-01-05T12:00:00.000Z',
    ...facts,
  }
}

const everyState: Partial<Bench> = {
  printers: [
    printer({}),
    printer({
      id: 'tspl',
      name: 'Munbyn RW403B (USB)',
      stateWords: 'The label roll is at its end.',
      tone: 'bad',
    }),
    printer({
      id: 'niimbot',
      name: 'NIIMBOT B1 (USB)',
      stateWords: 'Printing',
      tone: 'working',
      mediaChoices: [],
    }),
    printer({
      id: 'clone',
      name: 'POS-58 (192.168.1.40)',
      media: '58 mm receipt paper',
      mediaChoices: [],
      stateWords: 'It takes 58 mm receipt paper; it does not tell its state.',
      tone: 'muted',
    }),
    printer({
      id: 'qutie',
      name: 'PRT Qutie',
      mediaChoices: [],
      usable: false,
      stateWords:
        'The PRT Qutie shows no printable USB interface: its USB-C socket only charges, and it prints over Bluetooth with the HerePrint app. Print to “png” and send that file from the app, set up a print queue of the system for it with a Bluetooth helper, or use another printer.',
      tone: 'bad',
    }),
  ],
  printJobs: [
    job({
      id: 'a',
      tag: 'HW-00005',
      stateWords: 'Waiting: the record is not confirmed yet',
      tone: 'working',
      actions: ['void'],
    }),
    job({
      id: 'b',
      tag: 'HW-00004',
      stateWords: 'Sent, unconfirmed',
      tone: 'ask',
      actions: ['label-came-out', 'no-label'],
    }),
    job({
      id: 'c',
      tag: 'HW-00003',
      stateWords:
        'Did the label come out? The label roll is at its end. The label was taken back from the printer, but a part of it may be out.',
      tone: 'ask',
      actions: ['label-came-out', 'no-label'],
    }),
    job({ id: 'd', tag: 'HW-00002', stateWords: 'Failed: The cover is open.', tone: 'bad' }),
    job({ id: 'e' }),
  ],
}

async function openBench(options: Parameters<typeof ui.openPage>[0] = {}) {
  const page = await ui.openPage(options)
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), ...everyState } })
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  await page.getByText('Zebra GK420d (USB)').first().waitFor()
  return page
}

test('a person says which labels are in a printer that cannot tell', async () => {
  const page = await openBench()
  const choice = page.getByRole('combobox', { name: 'Labels in Zebra GK420d (USB)' })
  expect(await choice.inputValue()).toBe('50x30-203')
  await choice.selectOption('100x50-203')
  await expect.poll(() => ui.heard('printer-media')).toEqual([{ printerId: 'zebra', mediaId: '100x50-203' }])
})

test('a printer that knows its labels, or whose file says them, asks nobody', async () => {
  const page = await openBench()
  expect(await page.getByRole('combobox', { name: 'Labels in NIIMBOT B1 (USB)' }).count()).toBe(0)
})

test('a printer that cannot be printed on says why in plain words, and is offered to no label', async () => {
  const page = await openBench()
  await page.getByText('Cannot be printed on').waitFor()
  await page.getByText('its USB-C socket only charges').waitFor()
})

test('every state of a print job says what happened and what can be done', async () => {
  const page = await openBench()
  await page.getByText('Did the label come out? The label roll is at its end.').waitFor()
  expect(await page.getByRole('button', { name: 'The label came out (HW-00003)' }).count()).toBe(1)
  expect(await page.getByRole('button', { name: 'Reprint (HW-00003)' }).count()).toBe(0)
  await page.getByRole('button', { name: 'No label came out (HW-00004)' }).click()
  await expect.poll(() => ui.heard('print-job-act')).toEqual([{ jobId: 'b', action: 'no-label' }])
  await page.getByRole('button', { name: 'Reprint (HW-00002)' }).click()
  await expect.poll(() => ui.heard('print-job-act')).toContainEqual({ jobId: 'd', action: 'reprint' })
})

test('printers and print jobs fit a wide screen, a dark one and a phone', async () => {
  const wide = await openBench({ viewport: { width: 1280, height: 1500 } })
  await keepScreen(wide, 'printers')
  const dark = await openBench({ viewport: { width: 1280, height: 1500 }, colorScheme: 'dark' })
  await keepScreen(dark, 'printers-dark')
  const phone = await openBench({ viewport: { width: 360, height: 1900 }, hasTouch: true })
  await keepScreen(phone, 'printers-phone')
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})
