import { monotonicFactory } from 'ulid'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type GuidedEntry, guidedAbility, guidedWiremap } from './guided-entry.ts'
import { judgeFrame } from './judge-frame.ts'
import { type KnownCables, loadKnownCables } from './known-cables.ts'
import { type LampPhotos, openLampPhotos, type ReadLamps } from './lamp-photos.ts'
import { openTestPhotosTable } from './test-photos-table.ts'
import { openTesterLines, type TesterLines, type TesterLinesDeps } from './tester-lines.ts'
import { openTestsInInventory, type TestsInInventory } from './tests-in-inventory.ts'
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
  /** Photos that the entry was begun with; those that nothing was read from are forgotten. */
  photoIds: readonly string[]
  operator: string
}

/** Cable testers on serial lines, results that people enter, and everything that was ever measured. */
export interface CableTests
  extends Pick<TesterLines, 'testers' | 'again' | 'stop' | 'close'>,
    TestsInInventory {
  known: KnownCables
  lampPhotos: LampPhotos
  listen(wish: ListenWish): Promise<{ kind: 'listening'; id: string } | Refusal>
  enter(wish: EntryWish): { kind: 'entered'; id: string } | Refusal
  /** The newest ones, and the last of each item and cable; newest first. */
  results(): CableTest[]
  result(id: string): CableTest | null
  /** What was read from the photos that a person made this result of, in the order in which they were taken in. */
  photosOf(id: string): ReadLamps[]
  wiring(id: string): Wiring | null
}

export interface CableTestsDeps extends Omit<TesterLinesDeps, 'measured'> {
  database: LabDatabase
}

const resultsShown = 30
const unknownKind = refused('HWLab does not know this cable or tester. Reload the page.')

type Measured = Omit<CableTest, 'id' | 'atMs' | 'result' | 'words' | 'notes' | 'itemId' | 'wiringId'>

export async function openCableTests(deps: CableTestsDeps): Promise<CableTests> {
  const { clock, changed } = deps
  const nextId = monotonicFactory()
  const table = openCableTestsTable(deps.database)
  const photosTable = openTestPhotosTable(deps.database)
  const lampPhotos = openLampPhotos(deps)
  const known = await loadKnownCables()
  const wiringOf = (wanted: string) => known.wirings.find(({ id }) => id === wanted) ?? null

  const insert = deps.database.transaction((test: CableTest, photos: readonly ReadLamps[]) => {
    table.insert(test)
    photosTable.insert(test.id, photos)
  })
  function keep(measured: Measured, expected: Wiring, photos: readonly ReadLamps[] = []): string {
    const others = known.wirings.filter(({ plug }) => plug === expected.plug)
    const judged = judgeFrame(measured.frame, { ...measured, expected, others })
    const id = nextId(clock.nowMs())
    const wiringId = expected.id
    insert({ ...measured, ...judged, id, wiringId, itemId: null, atMs: clock.nowMs() }, photos)
    changed()
    return id
  }
  function enter({
    wiringId,
    entry,
    photoIds,
    ...wish
  }: EntryWish): { kind: 'entered'; id: string } | Refusal {
    const wiring = wiringOf(wiringId)
    if (!wiring) return unknownKind
    if (Object.keys(entry).length === 0) return refused('Nothing was entered yet.')
    const map = guidedWiremap(entry, wiring)
    if ('why' in map) return map
    const read = lampPhotos.readFrom(photoIds, wiringId)
    if ('why' in read) return read
    const photos = read.filter(({ step }) => entry[step.near] !== undefined)
    const tester = {
      testerName: enteredFrom(photos, wish.operator),
      place: null,
      profileId: null,
      simulated: false,
    }
    const frame = { kind: 'wiremap' as const, map }
    const source = photos.length > 0 ? ('photo' as const) : ('guided' as const)
    const measured = { ...tester, ability: guidedAbility, frame, rawHex: '', source }
    const id = keep({ ...wish, ...measured }, wiring, photos)
    lampPhotos.drop(photoIds)
    return { kind: 'entered', id }
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
    ...openTestsInInventory(deps, table),
    known,
    lampPhotos,
    async listen({ profileId, wiringId, ...wish }) {
      const profile = known.profiles.find(({ id }) => id === profileId)
      const wiring = wiringOf(wiringId)
      if (!profile || wiring?.plug !== profile.plug) return unknownKind
      return lines.listen({ ...wish, profile, wiring })
    },
    enter,
    results: () => table.recent(resultsShown),
    result: table.find,
    photosOf: photosTable.ofTest,
    wiring: wiringOf,
  }
}

/** "3 photos read by gemma4:e4b (Ollama), checked by operator". */
function enteredFrom(photos: readonly ReadLamps[], operator: string): string {
  if (photos.length === 0) return 'Entered by hand'
  const models = new Set(photos.map(({ modelName }) => modelName))
  const count = new Set(photos.map(({ attachmentId }) => attachmentId)).size
  return `${count === 1 ? 'A photo' : `${count} photos`} read by ${[...models].join(' and ')}, checked by ${operator}`
}
