import { join } from 'node:path'
import type { LabDatabase, MigrationsOwner } from '../../serving/database.ts'
import type { JudgedFrame } from './judge-frame.ts'
import type { CableVerdict, TesterAbility } from './verdict.ts'

export const cableTestMigrations: MigrationsOwner = {
  owner: 'devices-cable-tests',
  folder: join(import.meta.dirname, 'migrations'),
}

/** One result; a later one never changes it. */
export interface CableTest {
  /** ULID. */
  id: string
  /** `guided`: a person entered what the tester showed. `photo`: a model read it from photos, and a person checked it. */
  source: 'tester' | 'guided' | 'photo'
  /** null: entered by hand. */
  place: string | null
  testerName: string
  simulated: boolean
  profileId: string | null
  ability: TesterAbility
  wiringId: string
  shieldExpected: boolean
  frame: JudgedFrame
  /** The frame as it came; empty: entered by hand. */
  rawHex: string
  result: CableVerdict['result']
  words: string
  notes: string[]
  operator: string
  itemId: string | null
  /** Unix milliseconds. */
  atMs: number
}

interface Row {
  id: string
  source: CableTest['source']
  place: string | null
  tester_name: string
  simulated: number
  profile_id: string | null
  ability: string
  wiring_id: string
  shield_expected: number
  frame: string
  raw_hex: string
  result: CableVerdict['result']
  words: string
  notes: string
  operator: string
  item_id: string | null
  at_ms: number
}

const mostPlaces = 60

export function openCableTestsTable(database: LabDatabase) {
  const insert =
    database.prepare<Row>(`insert into cable_tests values (@id, @source, @place, @tester_name, @simulated,
    @profile_id, @ability, @wiring_id, @shield_expected, @frame, @raw_hex, @result, @words, @notes, @operator, @item_id,
    @at_ms)`)
  const attach = database.prepare<[string | null, string]>('update cable_tests set item_id = ? where id = ?')
  const remove = database.prepare<[string]>('delete from cable_tests where id = ?')
  const byId = database.prepare<[string], Row>('select * from cable_tests where id = ?')
  const recent = database.prepare<[number, number, number], Row>(`select * from cable_tests where
    id in (select id from cable_tests order by id desc limit ?)
    or id in (select max(id) from cable_tests where item_id is not null group by item_id order by 1 desc limit ?)
    or id in (select max(test_id) from cable_tests_in_inventory where cable is not null
      group by cable ->> 'id' order by 1 desc limit ?)
    order by id desc`)

  return {
    insert(test: CableTest): void {
      insert.run({
        id: test.id,
        source: test.source,
        place: test.place,
        tester_name: test.testerName,
        simulated: test.simulated ? 1 : 0,
        profile_id: test.profileId,
        ability: JSON.stringify(test.ability),
        wiring_id: test.wiringId,
        shield_expected: test.shieldExpected ? 1 : 0,
        frame: JSON.stringify(test.frame),
        raw_hex: test.rawHex,
        result: test.result,
        words: test.words,
        notes: JSON.stringify(test.notes),
        operator: test.operator,
        item_id: test.itemId,
        at_ms: test.atMs,
      })
    },
    attach: (id: string, itemId: string | null): boolean => attach.run(itemId, id).changes > 0,
    remove: (id: string): boolean => remove.run(id).changes > 0,
    find(id: string): CableTest | null {
      const row = byId.get(id)
      return row ? testOf(row) : null
    },
    /** The newest ones, and the last of each item and of each cable, however many came after it; newest first. */
    recent: (most: number): CableTest[] => recent.all(most, mostPlaces, mostPlaces).map(testOf),
  }
}

function testOf(row: Row): CableTest {
  return {
    id: row.id,
    source: row.source,
    place: row.place,
    testerName: row.tester_name,
    simulated: row.simulated === 1,
    profileId: row.profile_id,
    ability: JSON.parse(row.ability),
    wiringId: row.wiring_id,
    shieldExpected: row.shield_expected === 1,
    frame: JSON.parse(row.frame),
    rawHex: row.raw_hex,
    result: row.result,
    words: row.words,
    notes: JSON.parse(row.notes),
    operator: row.operator,
    itemId: row.item_id,
    atMs: row.at_ms,
  }
}
