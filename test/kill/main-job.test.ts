import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { BenchView } from '../../agent/protocol/bench.ts'
import type { ItemView } from '../../agent/protocol/items.ts'
import { openTab, signIn, type Tab } from '../../evals/worlds/tab.ts'
import { openCountingQl, type QlMoment } from '../support/counting-ql.ts'
import { runHwlab } from '../support/run-hwlab.ts'

/** Every case starts the real program twice. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let template: string
let cookie: string
let atPrinter: (moment: QlMoment) => void = () => {}
let printer: Awaited<ReturnType<typeof openCountingQl>>

/** A state folder in which the sample waits for its confirmation; every case begins on a copy of it. */
beforeAll(async () => {
  printer = await openCountingQl((moment) => atPrinter(moment))
  template = mkdtempSync(join(tmpdir(), 'hwlab-kill-'))
  const transport = { kind: 'tcp', host: '127.0.0.1', port: printer.port }
  const ql = { id: 'ql', name: 'Counting printer', driver: 'brother-ql', transport, media: '62' }
  const hwlab = await runHwlab({ stateDir: template, port: 0 })
  cookie = (await signIn(hwlab.signInUrl)).cookie
  const tab = await openTab(hwlab.url, cookie)
  const conversationId = await tab.open()
  await tab.ask('sample-start', { conversationId, requestId: 'sample' })
  await tab.until(() => itemOf(tab)?.change?.state === 'proposed')
  tab.close()
  await hwlab.stop('SIGTERM')
  writeFileSync(join(template, 'printers.json'), JSON.stringify([ql]))
})
afterAll(async () => {
  await printer[Symbol.asyncDispose]()
  rmSync(template, { recursive: true })
})

function itemOf(tab: Tab): ItemView | null {
  const section = tab.sections.findLast((candidate) => candidate.section === 'items')
  return section?.section === 'items' ? (section.value[0] ?? null) : null
}

function benchOf(tab: Tab): BenchView | null {
  const section = tab.sections.findLast((candidate) => candidate.section === 'bench')
  return section?.section === 'bench' ? section.value : null
}

interface Running {
  tab: Tab
  kill(): Promise<unknown>
}

async function start(stateDir: string): Promise<Running> {
  const hwlab = await runHwlab({ stateDir, port: 0 })
  const tab = await openTab(hwlab.url, cookie)
  await tab.until(() => itemOf(tab) !== null)
  return { tab, kill: () => hwlab.stop('SIGKILL') }
}

/** Chooses the counting printer and confirms; resolves when HWLab has answered. */
async function confirmAndPrint(tab: Tab): Promise<void> {
  const item = itemOf(tab)
  if (!item) throw new Error('no item')
  if (item.printerId !== 'ql') await tab.ask('printer-choose', { itemId: item.id, printerId: 'ql' })
  await tab.until(() => itemOf(tab)?.printerId === 'ql')
  const change = itemOf(tab)?.change
  if (!change) throw new Error('nothing to confirm')
  const answer = await tab.ask('change-decide', {
    ...{ changeId: change.id, digest: change.digest },
    ...{ decision: 'approve', leaveOut: [] },
  })
  expect(answer).toMatchObject({ kind: 'ok' })
}

/** What is in the embedded inventory, counted in the file itself. */
function written(stateDir: string): Record<string, number> {
  const database = new Database(join(stateDir, 'hwlab.db'), { readonly: true })
  const rows = database
    .prepare<[], { model: string; count: number }>(
      'select model, count(*) as count from embedded_objects group by model',
    )
    .all()
  const images = database
    .prepare<[], { count: number }>('select count(*) as count from embedded_images')
    .get()
  database.close()
  return { ...Object.fromEntries(rows.map(({ model, count }) => [model, count])), images: images?.count ?? 0 }
}

const endedStates = ['done', 'failed', 'unknown']

/** Kills with SIGKILL when `doom` says so, starts again, and finds out what a person finds. */
async function killed(doom: (running: Running) => Promise<void>) {
  const stateDir = mkdtempSync(join(tmpdir(), 'hwlab-killed-'))
  cpSync(template, stateDir, { recursive: true })
  const labelsBefore = printer.labels()
  const first = await start(stateDir)
  const confirming = confirmAndPrint(first.tab).catch(() => {})
  await doom(first)
  await first.kill()
  first.tab.close()
  await Promise.race([confirming, wait(50)])
  atPrinter = () => {}

  const second = await start(stateDir)
  const { tab } = second
  const wasAskedAgain = itemOf(tab)?.change?.state === 'proposed'
  if (wasAskedAgain) await confirmAndPrint(tab)
  await tab.until(() => endedStates.includes(itemOf(tab)?.change?.state ?? ''))
  await tab.until(() => (benchOf(tab)?.printJobs.length ?? 0) > 0)
  const item = itemOf(tab)
  const found = {
    labels: printer.labels() - labelsBefore,
    inventory: written(stateDir),
    item: { state: item?.state, record: item?.record !== null, change: item?.change?.state },
    jobs: benchOf(tab)?.printJobs.map(({ stateWords, actions }) => ({ stateWords, actions })),
    wasAskedAgain,
  }
  await second.kill()
  tab.close()
  rmSync(stateDir, { recursive: true })
  return found
}

const oneOfEach = {
  'dcim/devices': 1,
  'extras/journal-entries': 1,
  'extras/image-attachments': 1,
  images: 1,
}
const asksWhetherItCameOut = expect.objectContaining({
  actions: expect.arrayContaining(['label-came-out', 'no-label']),
})

function expectTheTruth(found: Awaited<ReturnType<typeof killed>>): void {
  expect(found.inventory).toMatchObject(oneOfEach)
  expect(found.item).toMatchObject({ state: 'complete', record: true })
  expect(found.jobs).toHaveLength(1)
  expect(found.labels).toBeLessThanOrEqual(1)
  if (found.item.change === 'done') expect(found.labels, 'done means that one label is out').toBe(1)
  else {
    expect(found.item.change).toBe('unknown')
    expect(found.jobs, 'a person is asked').toEqual([asksWhetherItCameOut])
  }
}

test.each([0, 3, 6, 10, 15, 22, 30, 45, 65, 90])(
  'killed %i ms after “Confirm and print”: one record, at most one label, and the card tells the truth',
  async (delayMs) => {
    expectTheTruth(await killed(() => wait(delayMs)))
  },
)

test('killed when HWLab has just answered that it is approved: nothing is asked twice', async () => {
  const found = await killed(({ tab }) =>
    tab.until(() => ['approved', 'executing', 'done'].includes(itemOf(tab)?.change?.state ?? '')),
  )
  expectTheTruth(found)
  expect(found.wasAskedAgain).toBe(false)
})

test('killed when the record was read back: the label still comes out, once', async () => {
  expectTheTruth(await killed(({ tab }) => tab.until(() => itemOf(tab)?.record !== null)))
})

test('killed when the printer is asked for its state: one label, after the restart', async () => {
  const found = await killed(() => new Promise((resolve) => whenPrinter('status-asked', resolve)))
  expectTheTruth(found)
})

test('killed while the label comes out: it is not printed again, a person is asked', async () => {
  const found = await killed(() => new Promise((resolve) => whenPrinter('label-received', resolve)))
  expectTheTruth(found)
  expect(found.labels).toBe(1)
})

function whenPrinter(moment: QlMoment, tell: () => void): void {
  atPrinter = (seen) => {
    if (seen === moment) tell()
  }
}
