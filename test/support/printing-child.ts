import { join } from 'node:path'
import { z } from 'zod'
import { approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { devicesTables } from '../../mcp-servers/devices/devices-tables.ts'
import { openDevicesServer } from '../../mcp-servers/devices/main.ts'
import { printPlan } from '../../mcp-servers/devices/print-queue/print-plan.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { labelFacts } from './open-devices.ts'

/**
 * A program that prints one label, to be killed. Its argument is JSON; `dieAt` makes it kill itself at a moment that
 * only it can see. Started with `again` it only resumes, and writes what became of the job to stdout.
 */
const { stateDir, port, again, dieAt } = z
  .object({
    stateDir: z.string(),
    port: z.number(),
    again: z.boolean(),
    dieAt: z.enum(['record-asked', 'sending', 'printed']).nullable(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

function dieIf(moment: typeof dieAt): void {
  if (dieAt === moment) process.kill(process.pid, 'SIGKILL')
}

const database = openDatabase(join(stateDir, 'hwlab.db'), [approvalMigrations, ...devicesTables])
const reality = openApprovals({ database, clock: systemClock })
const approvals: typeof reality = {
  ...reality,
  finishStep(stepId, outcome) {
    dieIf('printed')
    reality.finishStep(stepId, outcome)
  },
}
const devices = await openDevicesServer({
  database,
  clock: systemClock,
  approvals,
  async record(tag) {
    if (devices.printJobs().length > 0) dieIf('record-asked')
    return { kind: 'confirmed', facts: labelFacts(tag) }
  },
  tagOf: () => null,
  stateDir,
  printers: [
    {
      id: 'ql',
      name: 'QL',
      driver: 'brother-ql',
      transport: { kind: 'tcp', host: '127.0.0.1', port },
      media: '62',
    },
  ],
  serving: { readOnly: false, confirmUrl: () => '', stateKey: new Uint8Array(32) },
  world: {
    enumerate: async () => ({ kind: 'listed', devices: [] }),
    runProgram: async () => ({ kind: 'missing' }),
  },
})
devices.onChange(() => {
  const state = database.prepare<[], { state: string }>('select state from print_jobs').get()?.state
  if (state === 'sending') dieIf('sending')
})
await approvals.resume()
if (!again) {
  const change = approvals.file(
    printPlan({ tag: 'HW-00001', printerId: 'ql', printerName: 'QL', title: 'Print', warnings: [] }),
    { server: 'devices', tool: 'print_label', requester: 'operator:operator' },
  )
  const { id: changeId, digest } = change
  await approvals.decide({
    changeId,
    digest,
    decision: 'approve',
    leaveOut: [],
    operator: 'operator',
    channel: 'chat-card',
  })
}
await devices.idle()
const jobs = database.prepare<[], { state: string }>('select state from print_jobs').all()
const steps = database.prepare<[], { state: string }>('select state from change_steps').all()
process.stdout.write(JSON.stringify({ jobs, steps }))
await devices.close()
approvals.close()
database.close()
