import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Approvals } from './approval/approvals.ts'
import type { ChangeState } from './approval/change-request.ts'
import { type ChangeCard, changeCard } from './approval/change-view.ts'
import { cableTestNotesDesk, onNotesChanged } from './desk/cable-test-notes.ts'
import { cableTestsDesk, cableTestViews } from './desk/cable-tests.ts'
import { changesDesk } from './desk/changes.ts'
import { consolesDesk, consoleViews } from './desk/consoles.ts'
import { driftDesk } from './desk/drift.ts'
import { metersDesk, meterViews } from './desk/meters.ts'
import { othersDesk } from './desk/others.ts'
import { pluggedInDesk } from './desk/plugged-in.ts'
import { printersDesk } from './desk/printers.ts'
import { queueDesk } from './desk/queue.ts'
import { setupDesk } from './desk/setup.ts'
import type { DevicesServer } from './devices/main.ts'
import type { JobAction } from './devices/print-queue/job-view.ts'
import type { ProposedAll } from './netbox/bulk/propose-all.ts'
import type { NetboxServer } from './netbox/main.ts'
import type { OthersServer } from './others/main.ts'
import type { SearxngServer } from './searxng/main.ts'
import { diskTrouble } from './serving/disk-trouble.ts'
import type { Refusal } from './serving/tool.ts'

export interface DeskDeps {
  approvals: Approvals
  netbox: NetboxServer
  devices: DevicesServer
  searxng: SearxngServer
  others: OthersServer | null
}

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>
type Section = 'items' | 'changes' | 'queue' | 'drift' | 'bench' | 'others'

export type Desk = ReturnType<typeof openDesk>

const samplePhotoPath = join(import.meta.dirname, 'netbox', 'photo', 'sample', 'sample-label.jpg')
const samplePhotoName = 'sample-label.jpg'
const cardsShown = 60

/**
 * What a signed-in person may do with the lab, beside the tools: corrections, decisions, the queue, the printers. No tool
 * and no MCP client reaches it; the agent's web part gets it from `main.ts`.
 */
export function openDesk(deps: DeskDeps) {
  return {
    ...deskActions(deps),
    ...cableTestsDesk(deps.devices, deps.netbox),
    ...cableTestNotesDesk(deps.devices, deps.netbox),
    ...changesDesk(deps.netbox),
    ...consolesDesk(deps.devices, deps.netbox),
    ...driftDesk(deps.netbox),
    ...metersDesk(deps.devices, deps.netbox),
    ...pluggedInDesk(deps.devices, deps.netbox),
    ...printersDesk(deps.devices),
    ...othersDesk(deps.others),
    ...queueDesk(deps.netbox),
    ...setupDesk(deps.netbox),
    ...deskViews(deps),
    ...deskPictures(deps),
    ...deskEvents(deps),
  }
}

function deskActions({ approvals, netbox, devices }: DeskDeps) {
  const { intake } = netbox
  return {
    async 'field-correct'(
      body: { itemId: string; field: string; value: string },
      operator: string,
    ): Answer<{ itemId: string }> {
      return answered(await intake.correct(body, operator), { itemId: body.itemId })
    },
    async 'photo-add'(
      photos: { itemId: string; attachmentIds: string[] },
      operator: string,
    ): Answer<{ itemId: string }> {
      return answered(await netbox.addPhotos(photos, operator), { itemId: photos.itemId })
    },
    async 'item-propose'({ itemId }: { itemId: string }, operator: string): Answer<{ changeId: string }> {
      const filed = await intake.propose(itemId, operator)
      return filed.kind === 'filed' ? { kind: 'ok', value: { changeId: filed.changeId } } : filed
    },
    async 'items-propose'(
      body: { itemIds: string[]; print: boolean },
      operator: string,
    ): Answer<ProposedAll> {
      const filed = await intake.proposeAll(body, operator)
      return filed.kind === 'filed' ? { kind: 'ok', value: filed.proposed } : filed
    },
    async 'item-discard'({ itemId }: { itemId: string }, operator: string): Answer<{ itemId: string }> {
      return answered(intake.discard(itemId, operator), { itemId })
    },
    async 'printer-choose'(
      { itemId, printerId }: { itemId: string; printerId: string },
      operator: string,
    ): Answer<{ itemId: string }> {
      return answered(await intake.choosePrinter(itemId, printerId, operator), { itemId })
    },
    async 'operation-act'(
      { operationId, action }: { operationId: string; action: 'retry' | 'edit' | 'cancel' },
      operator: string,
    ): Answer<{ operationId: string }> {
      return answered(netbox.actOnOperation(operationId, action, operator), { operationId })
    },
    async 'print-job-act'(
      { jobId, action }: { jobId: string; action: JobAction },
      operator: string,
    ): Answer<{ jobId: string }> {
      return answered(devices.act(jobId, action, operator), { jobId })
    },
    async decide(
      body: { changeId: string; digest: string; decision: 'approve' | 'decline'; leaveOut: number[] },
      operator: string,
      channel: 'chat-card' | 'confirm-page',
    ): Answer<{ changeId: string; state: ChangeState }> {
      const decided = await approvals.decide({ ...body, operator, channel })
      if (decided.kind === 'refused') return decided
      return { kind: 'ok', value: { changeId: body.changeId, state: decided.change.state } }
    },
  }
}

function deskViews({ approvals, netbox, devices, searxng, others }: DeskDeps) {
  return {
    items: () => netbox.intake.cards(cardsShown),
    openChanges: (): ChangeCard[] => approvals.open().map(changeCard),
    reports: (): ChangeCard[] => approvals.reports().map(changeCard),
    change(changeId: string): ChangeCard | null {
      const change = approvals.get(changeId)
      return change && changeCard(change)
    },
    queue: () => netbox.queue(),
    excuseFor: diskTrouble,
    async bench() {
      const { devices: plugged, note } = await devices.listBench()
      return {
        devices: plugged,
        devicesNote: note,
        ...meterViews(devices),
        ...consoleViews(devices),
        ...cableTestViews(devices, netbox),
        printers: devices.printers(),
        printJobs: devices.printJobs(),
        sheets: [...devices.sheets()],
      }
    },
    async connections() {
      others?.lookAgain()
      const [inventory, search] = await Promise.all([netbox.connections(), searxng.connection(false)])
      return [...inventory, search]
    },
    resolveTag: (tag: string) => netbox.intake.resolve(tag),
    linkConversation: (itemId: string, conversationId: string) =>
      netbox.intake.linkConversation(itemId, conversationId),
  }
}

function deskPictures({ netbox, devices }: DeskDeps) {
  return {
    storePhoto: (bytes: Uint8Array, fileName: string) => netbox.attachments.store(bytes, fileName, false),
    async storeSamplePhoto() {
      const stored = await netbox.attachments.store(await readFile(samplePhotoPath), samplePhotoName, true)
      if (stored.kind === 'refused') throw new Error(`The built-in sample photo is damaged: ${stored.why}`)
      return { attachmentId: stored.attachmentId, name: samplePhotoName }
    },
    async photo(attachmentId: string, crop: Parameters<typeof netbox.attachments.view>[1]) {
      const bytes = await netbox.attachments.view(attachmentId, crop)
      return bytes && { bytes, mediaType: 'image/jpeg' }
    },
    async maskedPhoto(attachmentId: string) {
      const bytes = await netbox.maskedPhoto(attachmentId)
      return bytes && { bytes, mediaType: 'image/jpeg' }
    },
    async labelSvg(itemId: string): Promise<string | null> {
      const facts = netbox.intake.labelFacts(itemId)
      return facts && devices.labelSvg(facts, netbox.intake.card(itemId)?.printerId ?? null)
    },
    printedFile: (jobId: string) => devices.printedFile(jobId),
    labelSheet: devices.labelSheet,
  }
}

const endedStates: ReadonlySet<ChangeState> = new Set([
  ...(['done', 'failed', 'unknown', 'declined', 'cancelled', 'expired', 'superseded', 'stale'] as const),
])

function deskEvents({ approvals, netbox, devices, others }: DeskDeps) {
  return {
    onChange(listener: (section: Section) => void): () => void {
      const stops = [
        netbox.onChange(listener),
        devices.onChange(() => listener('bench')),
        ...(others ? [others.onChange(() => listener('others'))] : []),
        approvals.onChange(() => listener('changes')),
        onNotesChanged({ approvals, devices, netbox }, () => listener('bench')),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
    onChangeEnded: (listener: (change: ChangeCard) => void): (() => void) =>
      approvals.onChange((change) => {
        if (endedStates.has(change.state)) listener(changeCard(change))
      }),
  }
}

function answered<Value>(
  outcome: { kind: string } | Refusal,
  value: Value,
): { kind: 'ok'; value: Value } | Refusal {
  return isRefusal(outcome) ? outcome : { kind: 'ok', value }
}

function isRefusal(outcome: { kind: string }): outcome is Refusal {
  return outcome.kind === 'refused'
}
