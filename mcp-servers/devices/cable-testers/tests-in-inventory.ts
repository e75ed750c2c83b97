import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type InInventory, openInInventoryTable, type TestedCable } from './in-inventory-table.ts'
import type { CableTest, openCableTestsTable } from './tests-table.ts'

/** A result and where it goes: what a request about it was made from. */
export interface PlacedTest extends InInventory {
  test: CableTest
  /** "item 01J…", "cable 12"; null: it belongs to nothing. */
  place: string | null
}

type Done = { kind: 'ok' } | Refusal
type Filed = { kind: 'filed'; changeId: string } | Refusal

/** What results are about, and which of them a person was asked to write into the inventory. */
export interface TestsInInventory {
  placed(id: string): PlacedTest | null
  attach(id: string, itemId: string | null): Done
  putOnCable(id: string, cable: TestedCable | null): Done
  /** `file` runs in the transaction that remembers its request, and not at all when the result is another one by now. */
  fileOnce(seen: PlacedTest, file: () => Filed): Filed
  isAskedIn(changeId: string): boolean
  remove(id: string): Done
}

export const gone = refused('This test is not there any more.')

export function openTestsInInventory(
  { database, changed }: { database: LabDatabase; changed(): void },
  table: ReturnType<typeof openCableTestsTable>,
): TestsInInventory {
  const inInventory = openInInventoryTable(database)

  function placed(id: string): PlacedTest | null {
    const test = table.find(id)
    if (!test) return null
    const { cable, change } = inInventory.of(id)
    return { test, cable, change, place: placeOf(test, cable) }
  }
  function change(write: () => boolean): Done {
    const isDone = database.transaction(write)()
    if (isDone) changed()
    return isDone ? { kind: 'ok' } : gone
  }

  return {
    placed,
    attach: (id, itemId) =>
      change(() => {
        inInventory.putOn(id, null)
        return table.attach(id, itemId)
      }),
    putOnCable: (id, cable) =>
      change(() => {
        const isThere = table.find(id) !== null
        if (isThere) inInventory.putOn(id, cable)
        return isThere
      }),
    fileOnce(seen, file) {
      const filed = database.transaction((): Filed => {
        const now = placed(seen.test.id)
        if (!now || seen.place === null) return gone
        if (now.place !== seen.place || now.change?.id !== seen.change?.id)
          return refused('This result was moved or asked about meanwhile. Look at it again.')
        const filing = file()
        if (filing.kind === 'filed')
          inInventory.noteChange(seen.test.id, { id: filing.changeId, place: seen.place })
        return filing
      })()
      if (filed.kind === 'filed') changed()
      return filed
    },
    isAskedIn: (changeId) => inInventory.testOf(changeId) !== null,
    remove: (id) =>
      change(() => {
        inInventory.remove(id)
        return table.remove(id)
      }),
  }
}

function placeOf({ itemId }: CableTest, cable: TestedCable | null): string | null {
  if (cable) return `cable ${cable.id}`
  return itemId === null ? null : `item ${itemId}`
}
