import type { Approvals } from '../approval/approvals.ts'
import { testReport } from '../devices/cable-testers/test-report.ts'
import { gone, type PlacedTest } from '../devices/cable-testers/tests-in-inventory.ts'
import type { DevicesServer } from '../devices/main.ts'
import type { CableChoice } from '../netbox/cables/list-cables.ts'
import type { NetboxServer } from '../netbox/main.ts'
import type { NoteStanding } from '../netbox/notes/open-test-notes.ts'
import type { NotedRecord } from '../netbox/notes/plan-test-note.ts'
import { type Refusal, refused } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>
type Bench = Pick<DevicesServer, 'cableTests'>
type Lab = Pick<NetboxServer, 'intake' | 'testNotes'>

const notRecorded = refused('This item is not in the inventory yet. Confirm it first.')

/** What a signed-in person may do with a result: say what it is about, and ask to have it in the inventory. */
export function cableTestNotesDesk({ cableTests }: Bench, { intake, testNotes }: Lab) {
  /** A request about something that was moved or deleted is not to be approved by mistake. */
  function takeBack(testId: string, why: string, operator: string): void {
    const change = cableTests.placed(testId)?.change
    if (change) testNotes.cancel(change.id, why, operator)
  }

  return {
    async 'cable-test-attach'(
      { testId, itemId }: { testId: string; itemId: string | null },
      operator: string,
    ): Answer<{ testId: string }> {
      if (itemId !== null && !intake.card(itemId))
        return refused('This item is not in the tray any more. Choose another one.')
      takeBack(testId, 'Its result was put somewhere else.', operator)
      return answered(cableTests.attach(testId, itemId), { testId })
    },
    async 'cable-test-delete'({ testId }: { testId: string }, operator: string): Answer<{ testId: string }> {
      takeBack(testId, 'Its result was deleted.', operator)
      return answered(cableTests.remove(testId), { testId })
    },
    /** The cables of the recorded item that the result belongs to. */
    async 'cable-test-cables'({ testId }: { testId: string }): Answer<{ cables: CableChoice[] }> {
      const placed = cableTests.placed(testId)
      if (!placed) return gone
      const { itemId } = placed.test
      if (itemId === null) return refused('Choose the item first that this cable is plugged into.')
      const card = intake.card(itemId)
      if (!card?.record || card.tag === null) return notRecorded
      const found = await testNotes.cablesOf(card.tag)
      return found.kind === 'refused' ? found : { kind: 'ok', value: { cables: found.cables } }
    },
    async 'cable-test-cable'(
      { testId, cableId }: { testId: string; cableId: number | null },
      operator: string,
    ): Answer<{ testId: string }> {
      const found = cableId === null ? null : await testNotes.cable(cableId)
      if (found?.kind === 'refused') return found
      takeBack(testId, 'Its result was put somewhere else.', operator)
      return answered(cableTests.putOnCable(testId, found?.cable ?? null), { testId })
    },
    async 'cable-test-note'({ testId }: { testId: string }, operator: string): Answer<{ changeId: string }> {
      const placed = cableTests.placed(testId)
      if (!placed) return gone
      const asked = objectionTo(placed, standingOf(testNotes, placed))
      if (asked !== null) return refused(asked)
      const record = recordOf(intake, placed)
      if (record.kind === 'refused') return record
      const { test } = placed
      const report = testReport(test, cableTests.wiring(test.wiringId))
      const planned = await testNotes.plan(record, { ...report, mark: `HWLab cable test ${test.id}` })
      if (planned.kind === 'refused') return planned
      const filed = cableTests.fileOnce(placed, () => testNotes.file(planned.plan, operator))
      return filed.kind === 'refused' ? filed : { kind: 'ok', value: { changeId: filed.changeId } }
    },
  }
}

/** Where a result goes, as the bench panel shows it. */
export function testInInventoryView({ cableTests }: Bench, { testNotes }: Lab, testId: string) {
  const placed = cableTests.placed(testId)
  const standing = placed && standingOf(testNotes, placed)
  const cable = placed?.cable ?? null
  return {
    cable: cable && { words: cable.words, tags: cable.tags },
    note: placed?.change && standing ? { ...standing, changeId: placed.change.id } : null,
    isNoted: placed !== null && standing?.kind === 'noted' && placed.change?.place === placed.place,
  }
}

/** Tells when what `testInInventoryView` says may have changed. */
export function onNotesChanged(
  { approvals, devices, netbox }: { approvals: Approvals; devices: Bench; netbox: NetboxServer },
  listener: () => void,
): () => void {
  const { isAskedIn } = devices.cableTests
  const open = new Set(
    approvals
      .open()
      .map(({ id }) => id)
      .filter(isAskedIn),
  )
  const stops = [
    approvals.onChange(({ id, state }) => {
      if (!isAskedIn(id)) return
      if (state === 'approved' || state === 'executing') open.add(id)
      else open.delete(id)
      listener()
    }),
    netbox.onChange((section) => {
      if (section === 'queue' && open.size > 0) listener()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function standingOf(testNotes: Lab['testNotes'], { change }: PlacedTest): NoteStanding | null {
  return change && testNotes.standing(change.id)
}

function objectionTo({ change, place }: PlacedTest, standing: NoteStanding | null): string | null {
  switch (standing?.kind) {
    case 'waiting':
      return 'This result waits for your decision already.'
    case 'writing':
    case 'stands':
      return 'This result is on its way into the inventory already.'
    case 'noted':
      return change?.place === place ? `This result was noted already. ${standing.words}` : null
    default:
      return null
  }
}

function recordOf(
  intake: Lab['intake'],
  { test: { itemId, simulated }, cable }: PlacedTest,
): NotedRecord | Refusal {
  const card = itemId === null ? null : intake.card(itemId)
  if (simulated && !card?.sample)
    return refused('A simulated tester says nothing of a real cable, so its result is noted on samples only.')
  if (cable) return { kind: 'cable', id: cable.id, words: cable.words }
  if (!card) return refused('Choose what this result belongs to first.')
  return card.record && card.tag !== null ? { kind: 'tag', tag: card.tag } : notRecorded
}

function answered<Value>(
  outcome: { kind: 'ok' } | Refusal,
  value: Value,
): { kind: 'ok'; value: Value } | Refusal {
  return outcome.kind === 'refused' ? outcome : { kind: 'ok', value }
}
