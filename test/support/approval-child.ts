import { writeSync } from 'node:fs'
import { wordPlan } from './echo-domain.ts'
import { decide, openEchoLab } from './echo-lab.ts'
import { beginOnDisk } from './effects-table.ts'

/** A process that files, approves and carries out one request, and stops dead where it is told to: `child <database> <point>`. */
const [path = '', point = ''] = process.argv.slice(2)

function arrive(at: string): void {
  if (at !== point) return
  writeSync(1, `${at}\n`)
  // Nothing runs on, not even a transaction that is open: the parent kills the process here.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const lab = openEchoLab({ path })
for (const executor of [lab.store, lab.say]) {
  const begin = beginOnDisk(lab.database)
  executor.begin = (stepId) => {
    begin(stepId)
    arrive(`inside begin of ${executor.kind}`)
  }
  executor.recheck = async () => {
    arrive('approved, not executing')
    return { kind: 'fresh' }
  }
}
const from = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }
const change = lab.approvals.file(wordPlan('apple', true), from)
arrive('proposed')
await decide(lab.approvals, change)
arrive('executing')
lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
arrive('second step running')
lab.approvals.finishStep(change.steps[1]?.id ?? '', { kind: 'done', words: 'Said.' })
arrive('done')
