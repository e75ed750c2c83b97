import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { BenchView } from '../../agent/protocol/bench.ts'
import { fakeBench, fakeItem } from '../support/fake-lab-things.ts'
import { fakeFrame, fakeMeter, fakeRecording, fakeRows } from '../support/fake-meter.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()
const key = 'usb:2e3c:5558:A1'

async function openBench(facts: Partial<BenchView>, options: BrowserContextOptions = {}) {
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), ...facts } })
  const page = await ui.openPage({ locale: 'en-GB', ...options })
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  return page
}

async function look(page: Page): Promise<void> {
  ui.lab().answer = ({ name }) => (name === 'meter-watch' ? { history: fakeRows(Date.now()) } : {})
  await page.getByRole('button', { name: 'Show live values' }).click()
  await expect.poll(() => ui.heard('meter-watch').at(-1)).toEqual({ key, watching: true })
  ui.lab().frame(fakeFrame([]))
  await page.getByText('8.951 V').waitFor()
}

test.each([
  { name: 'meter', viewport: { width: 1280, height: 1100 }, colorScheme: 'light' as const },
  { name: 'meter-dark', viewport: { width: 1280, height: 1100 }, colorScheme: 'dark' as const },
  { name: 'meter-phone', viewport: { width: 360, height: 1100 }, colorScheme: 'light' as const },
])('$name: live values with units and the last minute, gaps as gaps', async ({ name, ...options }) => {
  const page = await openBench(
    { meters: [fakeMeter({ state: 'live', stateWords: 'Live' })], recordings: [fakeRecording()] },
    options,
  )
  await look(page)
  for (const words of ['1.1043 A', '9.885 W', '0.601 V', '0.622 V', '0.1534 Wh', '17.1 mAh', '31.5 °C'])
    expect(await page.getByText(words).count()).toBe(1)
  await page.getByText('1 gap, 3.0 s without samples: not counted.').waitFor()
  const volts = page.getByRole('img', { name: /^Volts: between 8\.\d+ V and 9\.\d+ V$/ })
  await volts.waitFor()
  await expect.poll(() => page.locator('.strip-plot canvas').count()).toBe(4)
  ui.lab().frame(fakeFrame([]))
  await page.getByText('8.951 V').scrollIntoViewIfNeeded()
  await keepScreen(page, name)
  expect(await violations(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('values that stop coming are told to be the last ones; who looks away ends the look', async () => {
  const page = await openBench({ meters: [fakeMeter()] })
  await look(page)
  await page.getByText('No values come: these are the last ones').waitFor()
  await page.getByRole('button', { name: 'Hide live values' }).click()
  await expect.poll(() => ui.heard('meter-watch').at(-1)).toEqual({ key, watching: false })
})

test('a lost connection is taken up again: the look goes on', async () => {
  const page = await openBench({ meters: [fakeMeter()] })
  await look(page)
  const before = ui.heard('meter-watch').length
  ui.lab().dropSockets()
  await expect.poll(() => ui.heard('meter-watch').length).toBeGreaterThan(before)
  expect(ui.heard('meter-watch').at(-1)).toEqual({ key, watching: true })
})

test('a meter that cannot be read says why and what to do', async () => {
  const page = await openBench({
    meters: [
      fakeMeter({
        state: 'refused',
        stateWords: 'It cannot be read',
        tone: 'bad',
        why: 'You may not use /dev/hidraw3. Add yourself to its group: `sudo usermod -aG plugdev $USER`, then sign in again.',
      }),
    ],
  })
  await page.getByText('It cannot be read').waitFor()
  expect(await page.locator('code', { hasText: 'usermod' }).count()).toBe(1)
})

test('a recording is started, stopped, drawn, attached to an item, saved and deleted', async () => {
  const item = fakeItem({ tag: 'HW-00001' })
  ui.lab().send({ section: 'items', value: [item] })
  const page = await openBench({ meters: [fakeMeter()], recordings: [fakeRecording()] })
  const row = page.getByRole('region', { name: 'Recordings' })
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await expect.poll(() => ui.heard('meter-record')).toEqual([{ key, keepsReports: false }])
  ui.lab().send({
    section: 'bench',
    value: {
      ...fakeBench(),
      meters: [fakeMeter({ recordingId: 'recording-2' })],
      recordings: [fakeRecording({ id: 'recording-2', endedAt: null }), fakeRecording()],
    },
  })
  await page.getByRole('button', { name: 'Stop recording' }).click()
  await expect.poll(() => ui.heard('meter-record-stop')).toEqual([{ recordingId: 'recording-2' }])
  await row.getByText('2 min 14 s').waitFor()
  ui.lab().answer = () => ({
    stretches: Array.from({ length: 60 }, (_, at) =>
      at > 30 && at < 36
        ? { kind: 'gap', fromMs: at * 1000, untilMs: (at + 1) * 1000 }
        : {
            ...{ kind: 'samples', fromMs: at * 1000, untilMs: (at + 1) * 1000 },
            ...{ volts: [8.8, 9, 9.1], amperes: [0.2, 1 + Math.sin(at / 6), 2.4], watts: [2, 9, 20] },
            ...{ dPlusVolts: [0.6, 0.6, 0.6], dMinusVolts: [0.6, 0.62, 0.7] },
          },
    ),
  })
  await row.getByRole('button', { name: 'Show the curve' }).click()
  await row.getByRole('img', { name: 'Watts: between 9.000 W and 9.000 W' }).waitFor()
  await keepScreen(page, 'recording')
  await row.getByLabel('Belongs to').selectOption({ label: `HW-00001 ${item.title}` })
  await expect
    .poll(() => ui.heard('recording-attach'))
    .toEqual([{ recordingId: 'recording-1', itemId: item.id }])
  expect(await row.getByRole('link', { name: 'Save CSV' }).getAttribute('href')).toBe(
    '/meter/recordings/recording-1.csv',
  )
  await row.getByRole('button', { name: 'Delete' }).click()
  expect(await row.getByRole('button', { name: 'Keep it' }).evaluate((one) => one.matches(':focus'))).toBe(
    true,
  )
  expect(ui.heard('recording-delete')).toEqual([])
  await row.getByRole('button', { name: 'Delete for good' }).click()
  await expect.poll(() => ui.heard('recording-delete')).toEqual([{ recordingId: 'recording-1' }])
})

test.each([
  { name: 'raw-reports', viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const },
  { name: 'raw-reports-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const },
  { name: 'raw-reports-phone', viewport: { width: 360, height: 1000 }, colorScheme: 'light' as const },
])(
  '$name: raw reports are kept when somebody asks, and saved beside the CSV',
  async ({ name, ...options }) => {
    const url = '/meter/recordings/recording-1.txt'
    const words = 'The raw reports end after the first hour, because they are large. The samples go on.'
    const recordings = [
      fakeRecording({ rawReports: { count: 100_000, url, words } }),
      fakeRecording({ id: 'recording-0' }),
    ]
    const page = await openBench({ meters: [fakeMeter()], recordings }, options)
    await page.getByLabel('Keep raw reports, for support').check()
    const row = page.getByRole('region', { name: 'Recordings' })
    await row.getByText(words).waitFor()
    expect(await row.getByRole('link', { name: 'Save raw reports' }).getAttribute('href')).toBe(url)
    expect(await row.getByRole('link', { name: 'Save CSV' }).count()).toBe(2)
    expect(await violations(page)).toEqual([])
    await keepScreen(page, name)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await expect.poll(() => ui.heard('meter-record')).toEqual([{ key, keepsReports: true }])
    const going = fakeRecording({
      id: 'recording-2',
      endedAt: null,
      rawReports: { count: 0, url, words: '' },
    })
    const meters = [fakeMeter({ recordingId: 'recording-2' })]
    ui.lab().send({ section: 'bench', value: { ...fakeBench(), meters, recordings: [going] } })
    await page.getByText('Recording, with raw reports').waitFor()
    ui.lab().send({ section: 'bench', value: { ...fakeBench(), meters: [fakeMeter()], recordings } })
    expect(await page.getByLabel('Keep raw reports, for support').isChecked()).toBe(false)
  },
)

test('without hardware a simulated meter is offered, and is marked as simulated', async () => {
  const page = await openBench({ devices: [] })
  await page.getByText('Try it without hardware').waitFor()
  await page.getByRole('button', { name: 'Plug in: Simulated FNB58 meter' }).click()
  await expect.poll(() => ui.heard('simulated-plug')).toEqual([{ id: 'meter', plugged: true }])
  ui.lab().send({
    section: 'bench',
    value: { ...fakeBench(), meters: [fakeMeter({ name: 'Simulated FNB58 meter', simulated: true })] },
  })
  await page.getByRole('region', { name: 'Power meters' }).getByText('Simulated', { exact: true }).waitFor()
})
