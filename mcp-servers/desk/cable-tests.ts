import { farContacts, nearContacts } from '../devices/cable-testers/guided-entry.ts'
import type { LampPhoto, ReadLamps } from '../devices/cable-testers/lamp-photos.ts'
import type { EntryWish, ListenWish } from '../devices/cable-testers/open-cable-tests.ts'
import type { ListenedTester } from '../devices/cable-testers/tester-lines.ts'
import type { CableTest } from '../devices/cable-testers/tests-table.ts'
import { expectedOf, type WiremapDrawing, wiremapDrawing } from '../devices/cable-testers/wiremap-drawing.ts'
import type { DevicesServer } from '../devices/main.ts'
import type { NetboxServer } from '../netbox/main.ts'
import { type Refusal, refused } from '../serving/tool.ts'
import { testInInventoryView } from './cable-test-notes.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

/** What a signed-in person may do with cable testers and their results. */
export function cableTestsDesk({ cableTests }: DevicesServer, { attachments }: NetboxServer) {
  return {
    async 'cable-kinds'() {
      return { kind: 'ok' as const, value: cableKinds(cableTests.known) }
    },
    async 'cable-listen'(wish: Omit<ListenWish, 'operator'>, operator: string): Answer<{ testerId: string }> {
      const listening = await cableTests.listen({ ...wish, operator })
      return listening.kind === 'refused' ? listening : { kind: 'ok', value: { testerId: listening.id } }
    },
    async 'cable-again'({ testerId }: { testerId: string }): Answer<{ testerId: string }> {
      return answered(await cableTests.again(testerId), { testerId })
    },
    async 'cable-stop'({ testerId }: { testerId: string }): Answer<{ testerId: string }> {
      return answered(await cableTests.stop(testerId), { testerId })
    },
    async 'cable-enter'(wish: Omit<EntryWish, 'operator'>, operator: string): Answer<{ testId: string }> {
      const entered = cableTests.enter({ ...wish, operator })
      return entered.kind === 'refused' ? entered : { kind: 'ok', value: { testId: entered.id } }
    },
    async 'cable-photos-drop'({ photoIds }: { photoIds: string[] }): Answer<Record<string, never>> {
      cableTests.lampPhotos.drop(photoIds)
      return { kind: 'ok', value: {} }
    },
    /** Not for a page: what a model says comes from the agent alone. */
    lampPhotos: {
      begin({ attachmentId, wiringId }: { attachmentId: string; wiringId: string }) {
        const wiring = cableTests.wiring(wiringId)
        if (!wiring) return refused('HWLab does not know this cable. Reload the page.')
        if (!attachments.find(attachmentId))
          return refused('This photo is not there any more. Send it again.')
        const begun = cableTests.lampPhotos.begin({ attachmentId, wiring })
        if (begun.kind === 'refused') return begun
        return { ...begun, near: nearContacts(wiring), far: farContacts(wiring) }
      },
      isWanted: (photoId: string) => cableTests.lampPhotos.list().some(({ id }) => id === photoId),
      end: cableTests.lampPhotos.end,
    },
    async 'cable-test-open'({ testId }: { testId: string }): Answer<CableTestDetails> {
      const test = cableTests.result(testId)
      if (!test) return refused('This test is not there any more.')
      const wiring = cableTests.wiring(test.wiringId)
      const drawing = wiring && wiremapDrawing(test, wiring)
      const photos = cableTests.photosOf(testId).map((read) => photoOfTest(read, test))
      return { kind: 'ok', value: { drawing, rawHex: test.rawHex, photos } }
    },
  }
}

/** Shaped as the bench panel shows them. */
export function cableTestViews(devices: DevicesServer, netbox: NetboxServer) {
  const { cableTests } = devices
  const view = ({ wiringId, ...test }: CableTest) => {
    const { id, source, testerName, simulated, result, words, notes, operator, itemId, atMs } = test
    const wiring = cableTests.wiring(wiringId)
    return {
      ...{ id, source, testerName, simulated, result, words, notes, operator, itemId },
      plug: wiring?.plug ?? '',
      wiringName: wiring?.name ?? wiringId,
      at: new Date(atMs).toISOString(),
      ...testInInventoryView(devices, netbox, id),
    }
  }
  return {
    testers: cableTests.testers().map(testerView),
    cableTests: cableTests.results().map(view),
    lampPhotos: cableTests.lampPhotos.list().map(lampPhotoView),
  }
}

interface CableTestDetails {
  drawing: WiremapDrawing | null
  rawHex: string
  photos: (ReturnType<typeof stepView> & { attachmentId: string; isCorrected: boolean })[]
}

function photoOfTest(read: ReadLamps, { frame }: CableTest): CableTestDetails['photos'][number] {
  const { attachmentId, step } = read
  const entered = frame.kind === 'wiremap' ? (frame.map.far[step.near] ?? []) : []
  const isCorrected = entered.toSorted().join() !== step.lit.toSorted().join()
  return { ...stepView(read), attachmentId, isCorrected }
}

function lampPhotoView({ id, attachmentId, wiringId, state }: LampPhoto) {
  const told = state.kind === 'read' ? { kind: state.kind, steps: state.read.map(stepView) } : state
  return { id, attachmentId, wiringId, state: told }
}

function stepView({ step: { near, lit }, modelName, isSure }: ReadLamps) {
  return { near, lit: [...lit], modelName, isSure }
}

function testerView({ id, place, name, simulated, profile, wiring, state }: ListenedTester) {
  return {
    ...{ id, place, name, simulated, state: state.kind, words: state.words },
    profileName: profile.name,
    wiringName: wiring.name,
  }
}

function cableKinds({ profiles, wirings }: DevicesServer['cableTests']['known']) {
  return {
    profiles: profiles.map(({ id, name, plug, trigger }) => ({
      ...{ id, name, plug },
      hasTrigger: trigger !== null,
    })),
    wirings: wirings.map((wiring) => ({
      ...{ id: wiring.id, name: wiring.name, plug: wiring.plug, far: farContacts(wiring) },
      contacts: nearContacts(wiring).map((near) => ({
        ...{ near, signal: wiring.signals[near] ?? null, expected: expectedOf(near, wiring) },
      })),
    })),
  }
}

function answered<Value>(
  outcome: { kind: 'ok' } | Refusal,
  value: Value,
): { kind: 'ok'; value: Value } | Refusal {
  return outcome.kind === 'refused' ? outcome : { kind: 'ok', value }
}
