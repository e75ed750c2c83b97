import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CableTestView } from '../../agent/protocol/cable-tests.ts'
import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ItemView } from '../../agent/protocol/items.ts'
import { openTab, signIn, type Tab } from '../../evals/worlds/tab.ts'
import { runHwlab } from '../support/run-hwlab.ts'

/** Every case starts the real program twice. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let template: string
let cookie: string

/** A state folder in which the sample is recorded and has a cable test; every case begins on a copy of it. */
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'hwlab-kill-note-'))
  const hwlab = await runHwlab({ stateDir: template, port: 0 })
  cookie = (await signIn(hwlab.signInUrl)).cookie
  const tab = await openTab(hwlab.url, cookie)
  const conversationId = await tab.open()
  await tab.ask('sample-start', { conversationId, requestId: 'sample' })
  await tab.until(() => itemOf(tab)?.change?.state === 'proposed')
  await approve(tab, itemOf(tab)?.change ?? null)
  await tab.until(() => (itemOf(tab)?.record ?? null) !== null)
  const entry = { '1': ['1'], '2': ['2'], '3': ['3'], '4': [] }
  await tab.ask('cable-enter', { wiringId: 'rj45-straight', shieldExpected: false, entry, photoIds: [] })
  await tab.until(() => testOf(tab) !== null)
  const itemId = itemOf(tab)?.id ?? null
  await tab.ask('cable-test-attach', { testId: testOf(tab)?.id ?? '', itemId })
  tab.close()
  await hwlab.stop('SIGTERM')
})
afterAll(() => rmSync(template, { recursive: true }))

function itemOf({ sections }: Tab): ItemView | null {
  const items = sections.findLast(({ section }) => section === 'items')
  return items?.section === 'items' ? (items.value[0] ?? null) : null
}

function testOf({ sections }: Tab): CableTestView | null {
  const bench = sections.findLast(({ section }) => section === 'bench')
  return bench?.section === 'bench' ? (bench.value.cableTests[0] ?? null) : null
}

function requestOf(tab: Tab): ChangeView | null {
  const changes = tab.sections.findLast(({ section }) => section === 'changes')
  const open = changes?.section === 'changes' ? changes.value : []
  return open.find(({ id }) => id === testOf(tab)?.note?.changeId) ?? null
}

const ask = (tab: Tab) => tab.ask('cable-test-note', { testId: testOf(tab)?.id ?? '' })

/** Whatever may be left out is. */
function approve(tab: Tab, change: ChangeView | null) {
  if (!change) throw new Error('nothing to approve')
  const { id: changeId, digest, steps } = change
  const leaveOut = steps.filter(({ optional }) => optional).map(({ position }) => position)
  return tab.ask('change-decide', { changeId, digest, decision: 'approve', leaveOut })
}

/** Entries of the journal about a cable test, counted in the file itself. */
function notes(stateDir: string): number {
  const database = new Database(join(stateDir, 'hwlab.db'), { readonly: true })
  const rows = database
    .prepare<[], { body: string }>("select body from embedded_objects where model = 'extras/journal-entries'")
    .all()
  database.close()
  return rows.filter(({ body }) => body.includes('Cable test: ')).length
}

test.each<{ moment: string; until(tab: Tab): Promise<unknown> }>([
  { moment: 'it is asked for', until: async (tab) => void ask(tab).catch(() => {}) },
  {
    moment: 'it is approved',
    async until(tab) {
      await ask(tab)
      await tab.until(() => requestOf(tab) !== null)
      void approve(tab, requestOf(tab)).catch(() => {})
    },
  },
  {
    moment: 'it is read back',
    async until(tab) {
      await ask(tab)
      await tab.until(() => requestOf(tab) !== null)
      await approve(tab, requestOf(tab))
      await tab.until(() => testOf(tab)?.isNoted === true)
    },
  },
])('killed when $moment, a cable test is noted exactly once', async ({ until }) => {
  const stateDir = mkdtempSync(join(tmpdir(), 'hwlab-killed-note-'))
  cpSync(template, stateDir, { recursive: true })
  const first = await runHwlab({ stateDir, port: 0 })
  const doomed = await openTab(first.url, cookie)
  await doomed.until(() => testOf(doomed) !== null && itemOf(doomed) !== null)
  await until(doomed)
  await first.stop('SIGKILL')
  doomed.close()

  const second = await runHwlab({ stateDir, port: 0 })
  const tab = await openTab(second.url, cookie)
  await tab.until(() => testOf(tab) !== null)
  if (testOf(tab)?.note === null) expect(await ask(tab)).toMatchObject({ kind: 'ok' })
  await tab.until(() => testOf(tab)?.isNoted === true || requestOf(tab) !== null)
  if (testOf(tab)?.note?.kind === 'waiting') await approve(tab, requestOf(tab))
  await tab.until(() => testOf(tab)?.isNoted === true)
  expect(await ask(tab)).toMatchObject({ kind: 'refused', why: expect.stringMatching(/noted already/) })
  tab.close()
  await second.stop('SIGTERM')
  expect(notes(stateDir)).toBe(1)
  rmSync(stateDir, { recursive: true })
})
