import type { BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { BenchView } from '../../agent/protocol/bench.ts'
import type { ConsoleSessionView } from '../../agent/protocol/consoles.ts'
import type { Part } from '../../agent/protocol/messages.ts'
import { fakeCableTest, fakeDrawing } from '../support/fake-cable-test.ts'
import { fakeBench, startedAt } from '../support/fake-lab-things.ts'
import { fakeFrame, fakeMeter, fakeRows } from '../support/fake-meter.ts'
import { keepScreen } from '../support/screens.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

type Call = Extract<Part, { kind: 'tool-call' }>
const call = (tool: string, title: string, result: unknown): Call => ({
  ...{ kind: 'tool-call', callId: `call-${tool}`, server: 'devices', tool, title, result },
  ...{ input: '{}', state: 'done', outcome: 'done', itemId: null, changeId: null },
})

const asked = call('identify_console', 'Ask a console who is there', {
  words: 'A Cisco WS-C2960X-24TS-L with the serial number FCW0000A001.',
  session_id: 'session-1',
  facts: ['device WS-C2960X-24TS-L FCW0000A001', 'version 15.2(7)E3', 'host name rack-2-access'],
})
const measured = call('read_meter', 'Read a USB power meter', {
  meter: 'FNIRSI FNB58',
  values: [
    '8.9512 V on average (8.9040 to 9.0210)',
    '1.1043 A on average (0.3012 to 1.6402)',
    '9.8850 W on average (2.7100 to 14.6050)',
    '0.6010 V on D+ on average (0.6000 to 0.6020)',
    '0.6220 V on D− on average (0.6190 to 0.6240)',
    '0.00275 Wh in 1.0 s',
    '31.5 °C inside the meter',
  ],
})

const session: ConsoleSessionView = {
  ...{ id: 'session-1', kind: 'look', place: 'usb:0403:6001:A9', deviceName: 'FTDI FT232R' },
  ...{
    simulated: false,
    baudRate: 9600,
    operator: 'operator',
    itemId: null,
    outcome: 'identified',
    words: '',
  },
  ...{ startedAt, endedAt: startedAt },
  facts: {
    ...{ manufacturer: 'Cisco', platform: 'IOS', isVirtual: false },
    ...{ hostname: 'rack-2-access', version: '15.2(7)E3' },
    chassis: [{ slot: null, model: 'WS-C2960X-24TS-L', serial: 'FCW0000A001', saidBy: 'show inventory' }],
    modules: [],
  },
}

const idSchema = z.object({ testId: z.enum(['test-0', 'test-1']) })
const told = (id: string, verdict: string, tester: string, of: string) => ({
  ...{ test_id: id, verdict, not_seen: 'Split pairs were not tested.', tester, of, at: startedAt },
  cable: 'RJ45 straight-through',
})
const tested = call('cable_tests', 'Look at cable tests', {
  tests: [
    told('test-1', 'Pin 4 open — FAIL', 'Self-built tester (hwlab-v1) on WCH CH340', 'HW-00042'),
    told('test-0', 'All 8 conductors — PASS', 'Self-built tester on a bench, simulated', ''),
  ],
})

async function open(parts: Part[], bench: Partial<BenchView> = {}, options: BrowserContextOptions = {}) {
  const words = parts.includes(tested) ? 'show the last cable tests' : 'who is on the console'
  ui.lab().conversation.messages = [
    messageOf('m1', 'operator', [{ kind: 'text', text: words }]),
    messageOf('m2', 'advisor', parts),
  ]
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), ...bench } })
  return ui.openPage({ locale: 'en-GB', ...options })
}

test.each([
  { name: 'bench-in-chat', viewport: { width: 1280, height: 1000 }, colorScheme: 'light' as const },
  { name: 'bench-in-chat-dark', viewport: { width: 1280, height: 1000 }, colorScheme: 'dark' as const },
  { name: 'bench-in-chat-phone', viewport: { width: 360, height: 1500 }, colorScheme: 'light' as const },
])(
  '$name: what a console said and what a meter measured are drawn in the chat',
  async ({ name, ...options }) => {
    const bench = { consoleSessions: [session], meters: [fakeMeter()] }
    const page = await open([asked, measured], bench, options)
    for (const words of ['FCW0000A001', 'rack-2-access', '1.1043 A', '0.3012 to 1.6402'])
      expect(await page.getByText(words, { exact: true }).count()).toBe(1)
    await page.getByText('0.00275 Wh in 1.0 s · 31.5 °C inside the meter').waitFor()
    expect(await violations(page)).toEqual([])
    await keepScreen(page, name)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
  },
)

test.each([
  { name: 'cables-in-chat', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'cables-in-chat-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const },
  { name: 'cables-in-chat-phone', viewport: { width: 360, height: 1100 }, colorScheme: 'light' as const },
])('$name: cable tests are told with what was not seen, the newest with its wires', async (screen) => {
  const { name, ...options } = screen
  const drawings = { 'test-1': fakeDrawing({ '4': { reaches: [], state: 'open' } }), 'test-0': fakeDrawing() }
  const newest = fakeCableTest({ result: 'fail', words: 'Pin 4 open — FAIL' })
  const cableTests = [newest, fakeCableTest({ id: 'test-0', simulated: true })]
  ui.lab().answer = ({ name: asked, body }) =>
    asked === 'cable-test-open'
      ? { drawing: drawings[idSchema.parse(body).testId], rawHex: '', photos: [] }
      : {}
  const page = await open([tested], { cableTests }, options)
  await page.getByRole('img', { name: 'Wiremap: 4 open.' }).waitFor()
  await page.getByText('HW-00042', { exact: true }).waitFor()
  expect(await page.getByText('Split pairs were not tested.').count()).toBe(2)
  expect(ui.heard('cable-test-open')).not.toContainEqual({ testId: 'test-0' })
  expect(await violations(page)).toEqual([])
  await keepScreen(page, name)
  await page.getByRole('button', { name: 'Wires' }).click()
  await page.getByRole('img', { name: 'Wiremap: every contact reaches its own.' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})

test('a cable test that was deleted keeps its words in the chat, and says that its wires are gone', async () => {
  ui.lab().answer = () => 'This test is not there any more.'
  const page = await open([tested])
  await page.getByText('This test is not there any more.').waitFor()
  await page.getByText('Pin 4 open — FAIL').waitFor()
})

test('the transcript is behind it, and the live values of the same meter', async () => {
  const page = await open([asked, measured], { consoleSessions: [session], meters: [fakeMeter()] })
  ui.lab().answer = ({ name }) =>
    name === 'console-transcript'
      ? { transcript: 'rack-2-access>show inventory' }
      : { history: fakeRows(Date.now()) }
  await page.getByRole('button', { name: 'Transcript' }).click()
  await page.getByText('rack-2-access>show inventory').waitFor()
  await page.getByRole('button', { name: 'Show live values' }).click()
  await expect.poll(() => ui.heard('meter-watch').at(-1)).toEqual({ key: fakeMeter().key, watching: true })
  ui.lab().frame(fakeFrame([]))
  await page.getByText('8.951 V').waitFor()
  expect(await violations(page)).toEqual([])
})

test('an item is started from what the console said in the chat', async () => {
  const page = await open([asked], { consoleSessions: [session] })
  ui.lab().answer = () => ({ itemIds: ['item-1'] })
  await page.getByRole('button', { name: 'Start an item' }).click()
  await expect.poll(() => ui.heard('console-intake')).toEqual([{ sessionId: 'session-1' }])
})

test('a session that the bench has forgotten keeps what it said in words', async () => {
  const page = await open([asked])
  await page.getByText('device WS-C2960X-24TS-L FCW0000A001').waitFor()
  expect(await page.getByRole('button', { name: 'Start an item' }).count()).toBe(0)
})

test.each([
  { name: 'plugged-in', viewport: { width: 1280, height: 1100 }, colorScheme: 'light' as const },
  { name: 'plugged-in-dark', viewport: { width: 1280, height: 1100 }, colorScheme: 'dark' as const },
  { name: 'plugged-in-phone', viewport: { width: 360, height: 1100 }, colorScheme: 'light' as const },
])('$name: an item is started from what is plugged in', async ({ name, ...options }) => {
  const page = await open([], {}, options)
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  const plugged = page.getByRole('region', { name: 'Plugged in' })
  const why = 'This device said neither its model nor its serial number. Photograph its label instead.'
  ui.lab().answer = () => why
  await plugged.getByRole('button', { name: 'Start an item' }).click()
  await expect.poll(() => ui.heard('device-intake')).toEqual([{ key: '1-2' }])
  await plugged.getByText(why).waitFor()
  await plugged.scrollIntoViewIfNeeded()
  expect(await violations(page)).toEqual([])
  await keepScreen(page, name)
})
