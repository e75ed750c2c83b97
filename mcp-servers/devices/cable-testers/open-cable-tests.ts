import { ulid } from 'ulid'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type GuidedEntry, guidedAbility, guidedWiremap } from './guided-entry.ts'
import { judgeFrame } from './judge-frame.ts'
import { type KnownCables, loadKnownCables } from './known-cables.ts'
import { openTesterLines, type TesterLines, type TesterLinesDeps } from './tester-lines.ts'
import { type CableTest, openCableTestsTable } from './tests-table.ts'
import type { Wiring } from './wiremap.ts'

export interface ListenWish {
  place: string
  profileId: string
  wiringId: string
  shieldExpected: boolean
  operator: string
}

export interface EntryWish {
  wiringId: string
  shieldExpected: boolean
  entry: GuidedEntry
  operator: string
}

/** Cable testers on serial lines, results that people enter, and everything that was ever measured. */
export interface CableTests extends Pick<TesterLines, 'testers' | 'again' | 'stop' | 'close'> {
  known: KnownCables
  listen(wish: ListenWish): Promise<{ kind: 'listening'; id: string } | Refusal>
  enter(wish: EntryWish): { kind: 'entered'; id: string } | Refusal
  /** Newest first. */
  results(): CableTest[]
  result(id: string): CableTest | null
  wiring(id: string): Wiring | null
  attach(id: string, itemId: string | null): { kind: 'ok' } | Refusal
  remove(id: string): { kind: 'ok' } | Refusal
}

export interface CableTestsDeps extends Omit<TesterLinesDeps, 'measured'> {
  database: LabDatabase
}

const resultsShown = 30
const gone = refused('This test is not there any more.')
const unknownKind = refused('HWLab does not know this cable or tester. Reload the page.')

type Measured = Omit<CableTest, 'id' | 'atMs' | 'result' | 'words' | 'notes' | 'itemId' | 'wiringId'>

export async function openCableTests(deps: CableTestsDeps): Promise<CableTests> {
  const { clock, changed } = deps
  const table = openCableTestsTable(deps.database)
  const known = await loadKnownCables()
  const wiringOf = (wanted: string) => known.wirings.find(({ id }) => id === wanted) ?? null

  function keep(measured: Measured, expected: Wiring): string {
    const others = known.wirings.filter(({ plug }) => plug === expected.plug)
    const judged = judgeFrame(measured.frame, { ...measured, expected, others })
    const id = ulid(clock.nowMs())
    const wiringId = expected.id
    table.insert({ ...measured, ...judged, id, wiringId, itemId: null, atMs: clock.nowMs() })
    changed()
    return id
  }
  function enter({ wiringId, entry, ...wish }: EntryWish): { kind: 'entered'; id: string } | Refusal {
    const wiring = wiringOf(wiringId)
    if (!wiring) return unknownKind
    if (Object.keys(entry).length === 0) return refused('Nothing was entered yet.')
    const map = guidedWiremap(entry, wiring)
    if ('why' in map) return map
    const tester = { testerName: 'Entered by hand', place: null, profileId: null, simulated: false }
    const measured = {
      ...tester,
      ability: guidedAbility,
      frame: { kind: 'wiremap' as const, map },
      rawHex: '',
    }
    return { kind: 'entered', id: keep({ ...wish, ...measured, source: 'guided' }, wiring) }
  }

  const lines = openTesterLines({
    ...deps,
    measured(tester, frame, raw) {
      const { place, simulated, profile, wiring, shieldExpected, operator } = tester
      const facts = { place, simulated, shieldExpected, operator, frame }
      const rawHex = Buffer.from(raw).toString('hex')
      const { id: profileId, ability } = profile
      const testerName = `${profile.name} on ${tester.name}`
      keep({ ...facts, profileId, ability, testerName, rawHex, source: 'tester' }, wiring)
    },
  })

  return {
    ...lines,
    known,
    async listen({ profileId, wiringId, ...wish }) {
      const profile = known.profiles.find(({ id }) => id === profileId)
      const wiring = wiringOf(wiringId)
      if (!profile || wiring?.plug !== profile.plug) return unknownKind
      return lines.listen({ ...wish, profile, wiring })
    },
    enter,
    results: () => table.recent(resultsShown),
    result: table.find,
    wiring: wiringOf,
    attach: (id, itemId) => (table.attach(id, itemId) ? changedOk(deps) : gone),
    remove: (id) => (table.remove(id) ? changedOk(deps) : gone),
  }
}

function changedOk({ changed }: CableTestsDeps): { kind: 'ok' } {
  changed()
  return { kind: 'ok' }
}
