import { approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { devicesTables } from '../../mcp-servers/devices/devices-tables.ts'
import { mediaById } from '../../mcp-servers/devices/labels/media.ts'
import { printExecutor } from '../../mcp-servers/devices/print-queue/print-executor.ts'
import { openPrintJobs } from '../../mcp-servers/devices/print-queue/print-jobs.ts'
import { openPrintQueue } from '../../mcp-servers/devices/print-queue/print-queue.ts'
import type { Printer } from '../../mcp-servers/devices/printers/printer.ts'
import { type CreateItem, createItemSchema } from '../../mcp-servers/netbox/outbox/item-intent.ts'
import type { Outbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import type { Clock } from '../../mcp-servers/serving/clock.ts'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'
import { labelFacts } from './open-devices.ts'

export const confirmAndPrintTables = [approvalMigrations, ...devicesTables]

/** "Confirm and print" over any outbox: the real approvals and print queue, and a printer that counts its labels. */
export function openConfirmAndPrint(deps: { database: LabDatabase; clock: Clock; outbox: Outbox }) {
  const { database, clock, outbox } = deps
  const media = mediaById('62')
  if (!media) throw new Error('the 62 mm roll is missing')
  const confirmed = new Set<string>()
  const labels: string[] = []
  const early: string[] = []
  const faults: unknown[] = []
  const approvals = openApprovals({ database, clock, onFault: (fault) => faults.push(fault) })
  const printer: Printer = {
    ...{ id: 'counting', name: 'Counting printer', simulated: true, repeatable: false, switchboard: null },
    media: () => media,
    state: async () => ({ condition: 'ready', words: 'Ready' }),
    async print({ facts, sending }) {
      sending()
      labels.push(facts.tag)
      if (!confirmed.has(facts.tag)) early.push(facts.tag)
      return { kind: 'printed', words: 'Printed', file: null }
    },
    close: async () => {},
  }
  const record = async (tag: string) =>
    confirmed.has(tag)
      ? { kind: 'confirmed' as const, facts: labelFacts(tag) }
      : { kind: 'waiting' as const, why: 'It is not recorded yet.' }
  const queue = openPrintQueue({
    ...{ clock, record, jobs: openPrintJobs(database, clock), printer: () => printer },
    report: approvals.finishStep,
    changed() {},
    onFault: (fault) => faults.push(fault),
  })
  approvals.register(printExecutor({ queue, record, printer: () => printer }))
  approvals.register({
    kind: 'netbox.create_item',
    recheck: async () => ({ kind: 'fresh' }),
    begin: (stepId, payload) => outbox.enqueue(stepId, 'create_item', createItemSchema.parse(payload)),
  })
  outbox.onSettled(({ operationKey, outcome }) => {
    if (outcome.kind !== 'confirmed') return
    confirmed.add(outcome.record?.assetTag ?? '')
    approvals.finishStep(operationKey, { kind: 'done', words: 'Recorded.' })
  })
  return {
    labels,
    /** Labels that came out before their record was read back. */
    early,
    faults,
    allDone: (): boolean => approvals.open().length === 0,
    async confirm(intent: CreateItem): Promise<void> {
      const tag = intent.item.assetTag
      const change = approvals.file(
        {
          ...{
            title: `Create ${tag}`,
            tier: 'physical',
            itemId: intent.item.hwlabId,
            lines: [],
            warnings: [],
          },
          steps: [
            {
              ...{ kind: 'netbox.create_item', title: `Create ${tag}`, payload: intent },
              ...{ waitsFor: null, optional: false },
            },
            {
              ...{ kind: 'devices.print_label', title: `Print ${tag}`, waitsFor: 0, optional: true },
              payload: { tag, printerId: 'counting', template: 'standard' },
            },
          ],
        },
        { server: 'netbox', tool: 'propose_record', requester: 'operator:operator' },
      )
      const decided = await approvals.decide({
        ...{ changeId: change.id, digest: change.digest, decision: 'approve', leaveOut: [] },
        ...{ operator: 'operator', channel: 'chat-card' },
      })
      if (decided.kind === 'refused') throw new Error(decided.why)
    },
    async close(): Promise<void> {
      await queue.stop()
      approvals.close()
    },
  }
}
