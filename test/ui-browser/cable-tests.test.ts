import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { BenchView } from '../../agent/protocol/bench.ts'
import type { TesterView } from '../../agent/protocol/cable-tests.ts'
import { fakeCableKinds, fakeCableTest, fakeDrawing, fakeTester } from '../support/fake-cable-test.ts'
import { fakeBench, fakeItem } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()
const place = { place: 'usb:1a86:7523@1-2', name: 'WCH CH340', simulated: false, usedFor: null }

async function openBench(facts: Partial<BenchView>, options: BrowserContextOptions = {}): Promise<Page> {
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), ...facts } })
  const page = await ui.openPage({ locale: 'en-GB', ...options })
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  return page
}

const tests = (page: Page) => page.getByRole('region', { name: 'Cable tests' })

/** Pin 4 open; 3 and 6 joined; 7 and 8 swapped. */
const broken = fakeDrawing({
  '3': { reaches: [], state: 'wrong', joined: ['6'] },
  '4': { reaches: [], state: 'open' },
  '6': { reaches: [], state: 'wrong', joined: ['3'] },
  '7': { reaches: ['8'], state: 'wrong' },
  '8': { reaches: ['7'], state: 'wrong' },
})

test.each([
  { name: 'wiremap', viewport: { width: 1280, height: 1000 }, colorScheme: 'light' as const },
  { name: 'wiremap-dark', viewport: { width: 1280, height: 1000 }, colorScheme: 'dark' as const },
  { name: 'wiremap-phone', viewport: { width: 360, height: 1000 }, colorScheme: 'light' as const },
])('$name: faults are words and shapes, whatever the colours', async ({ name, ...options }) => {
  ui.lab().answer = (request) =>
    request.name === 'cable-test-open' ? { drawing: broken, rawHex: 'a51202', photos: [] } : {}
  const failed = fakeCableTest({
    result: 'fail',
    words: 'Pin 4 open, Pins 3-6 short, Pair 7-8 reversed — FAIL',
  })
  const passed = fakeCableTest({ id: 'test-0', simulated: true, itemId: 'item-1' })
  ui.lab().send({ section: 'items', value: [fakeItem({ tag: 'HW-00001' })] })
  const page = await openBench({ testers: [fakeTester()], cableTests: [failed, passed] }, options)
  const drawing = page.getByRole('img', {
    name: 'Wiremap: 3 short: 6, 4 open, 6 short: 3, 7 to 8, 8 to 7.',
  })
  await drawing.waitFor()
  await page.getByText('4 blue').waitFor()
  await tests(page).getByText('Split pairs were not tested.').first().waitFor()
  await drawing.scrollIntoViewIfNeeded()
  await keepScreen(page, name)
  expect(await violations(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('the same wires are drawn in the colours of T568A or T568B, as one chooses', async () => {
  ui.lab().answer = (request) =>
    request.name === 'cable-test-open' ? { drawing: fakeDrawing(), rawHex: '', photos: [] } : {}
  const page = await openBench({ cableTests: [fakeCableTest()] })
  await page.getByRole('img', { name: 'Wiremap: every contact reaches its own.' }).waitFor()
  await page.getByText('1 white/orange').waitFor()
  await page.getByLabel('Drawn as').selectOption('T568A')
  await page.getByText('1 white/green').waitFor()
})

test('a tester is started for a cable, tests again and stops', async () => {
  ui.lab().answer = (request) => (request.name === 'cable-kinds' ? fakeCableKinds : {})
  const page = await openBench({ consolePlaces: [place] })
  await tests(page).getByRole('button', { name: 'Listen to a tester' }).click()
  await page.getByLabel('Serial port').selectOption({ label: 'WCH CH340' })
  await page.getByLabel('Shielded').check()
  await keepScreen(page, 'cable-start')
  await page.getByRole('button', { name: 'Test the cable' }).click()
  await expect
    .poll(() => ui.heard('cable-listen'))
    .toEqual([{ place: place.place, profileId: 'hwlab-v1', wiringId: 'rj45-straight', shieldExpected: true }])
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), testers: [fakeTester()] } })
  await tests(page).getByRole('button', { name: 'Test again' }).click()
  await expect.poll(() => ui.heard('cable-again')).toEqual([{ testerId: 'tester-1' }])
  await tests(page).getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => ui.heard('cable-stop')).toEqual([{ testerId: 'tester-1' }])
})

const other = { ...place, place: 'usb:0403:6001:a50285bi@0', name: 'FTDI FT232R' }
test.each([
  { which: 'an only port', consolePlaces: [other] },
  { which: 'several ports', consolePlaces: [place, other] },
])('of $which a person says where the tester is, and nothing is sent before', async ({ consolePlaces }) => {
  ui.lab().answer = (request) => (request.name === 'cable-kinds' ? fakeCableKinds : {})
  const page = await openBench({ consolePlaces })
  await tests(page).getByRole('button', { name: 'Listen to a tester' }).click()
  const test = page.getByRole('button', { name: 'Test the cable' })
  expect(await test.isDisabled()).toBe(true)
  await page.getByLabel('Serial port').selectOption({ label: 'FTDI FT232R' })
  await test.click()
  await expect
    .poll(() => ui.heard('cable-listen'))
    .toEqual([
      { place: other.place, profileId: 'hwlab-v1', wiringId: 'rj45-straight', shieldExpected: false },
    ])
})

test.each<{ state: TesterView['state']; shown: string }>([
  { state: 'waiting', shown: 'Waiting for the tester' },
  { state: 'steadying', shown: 'Waiting for the same again' },
  { state: 'result', shown: 'Measured' },
  { state: 'no-cable', shown: 'No cable' },
  { state: 'silent', shown: 'No answer' },
  { state: 'noise', shown: 'Not understood' },
  { state: 'unsteady', shown: 'Not steady' },
])('a tester that is $state shows: $shown', async ({ state, shown }) => {
  const page = await openBench({ testers: [fakeTester({ state })] })
  await tests(page).getByRole('status').getByText(shown).waitFor()
})

test('what lit up is entered by keyboard alone, and kept', async () => {
  ui.lab().answer = (request) => (request.name === 'cable-kinds' ? fakeCableKinds : {})
  const page = await openBench({}, { viewport: { width: 360, height: 740 } })
  const press = async (name: string) => {
    await tests(page).getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  await press('Enter what lit up')
  await press('Begin')
  await press('As it should: 1')
  await press('None lit')
  await page.getByText('Pin 3').waitFor()
  await press('3')
  await press('6')
  await keepScreen(page, 'cable-guided-phone')
  expect(await violations(page)).toEqual([])
  await press('Next: 3, 6 lit')
  await press('Not tested')
  await press('All the rest as they should')
  await page.getByText('6 lit, 1 stayed dark. 1 not tested.').waitFor()
  await press('Keep the result')
  await expect
    .poll(() => ui.heard('cable-enter'))
    .toEqual([
      {
        ...{ wiringId: 'rj45-straight', shieldExpected: false },
        entry: { '1': ['1'], '2': [], '3': ['3', '6'], '5': ['5'], '6': ['6'], '7': ['7'], '8': ['8'] },
        photoIds: [],
      },
    ])
})

test('a result is given to an item, and deleted only when asked twice', async () => {
  ui.lab().answer = (request) =>
    request.name === 'cable-test-open' ? { drawing: fakeDrawing(), rawHex: '', photos: [] } : {}
  ui.lab().send({ section: 'items', value: [fakeItem({ tag: 'HW-00001' })] })
  const page = await openBench({ cableTests: [fakeCableTest()] })
  await tests(page).getByLabel('Belongs to').selectOption('item-1')
  await expect.poll(() => ui.heard('cable-test-attach')).toEqual([{ testId: 'test-1', itemId: 'item-1' }])
  await tests(page).getByRole('button', { name: 'Delete' }).click()
  expect(ui.heard('cable-test-delete')).toEqual([])
  await tests(page).getByRole('button', { name: 'Delete for good' }).click()
  await expect.poll(() => ui.heard('cable-test-delete')).toEqual([{ testId: 'test-1' }])
})
