import type { LabDatabase } from '../../serving/database.ts'

/** A cable between recorded things, as it was found in the inventory. */
export interface TestedCable {
  /** NetBox's own id. */
  id: number
  /** "core-1 Gi1/0/1 – ap-2 eth0". */
  words: string
  /** Asset tags of what it connects. */
  tags: string[]
}

/** Where a result goes in the inventory. */
export interface InInventory {
  /** null: the result is about the item itself. */
  cable: TestedCable | null
  /** The last request that would write it there. */
  change: { id: string; place: string } | null
}

interface Row {
  test_id: string
  cable: string | null
  change_id: string | null
  noted_place: string | null
}

/** Beside the results, because a result itself never changes. */
export function openInInventoryTable(database: LabDatabase) {
  const byTest = database.prepare<[string], Row>('select * from cable_tests_in_inventory where test_id = ?')
  const byChange = database.prepare<[string], Row>(
    'select * from cable_tests_in_inventory where change_id = ?',
  )
  const putCable = database.prepare<[string, string | null]>(
    `insert into cable_tests_in_inventory (test_id, cable) values (?, ?)
     on conflict (test_id) do update set cable = excluded.cable`,
  )
  const putChange = database.prepare<[string, string, string]>(
    `insert into cable_tests_in_inventory (test_id, change_id, noted_place) values (?, ?, ?)
     on conflict (test_id) do update set change_id = excluded.change_id, noted_place = excluded.noted_place`,
  )
  const remove = database.prepare<[string]>('delete from cable_tests_in_inventory where test_id = ?')

  return {
    of(testId: string): InInventory {
      const row = byTest.get(testId)
      const { change_id: id = null, noted_place: place = null } = row ?? {}
      const cable: TestedCable | null = row?.cable ? JSON.parse(row.cable) : null
      return { cable, change: id === null || place === null ? null : { id, place } }
    },
    testOf: (changeId: string): string | null => byChange.get(changeId)?.test_id ?? null,
    putOn: (testId: string, cable: TestedCable | null) =>
      void putCable.run(testId, cable && JSON.stringify(cable)),
    noteChange: (testId: string, { id, place }: NonNullable<InInventory['change']>) =>
      void putChange.run(testId, id, place),
    remove: (testId: string) => void remove.run(testId),
  }
}
