import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { openLabOn } from './open-lab-on.ts'

/** Carries the own inventory of the state folder at argv[2] to the NetBox at argv[3]; says so when it is done. */
const [, , stateDir = '', url = '', token = ''] = process.argv
const lab = await openLabOn(stateDir, { url, token }, systemClock)
const answer = await lab.shell({ ask: 'move', file: true, operator: 'operator' })
if (answer.kind === 'refused' || !answer.change) throw new Error(JSON.stringify(answer))
const { id: changeId, digest } = answer.change
lab.watch(() => {
  if (lab.approvals.get(changeId)?.state === 'done') process.stdout.write('moved\n')
})
await lab.shell({ ask: 'decide', changeId, digest, approve: true, operator: 'operator' })
setInterval(() => undefined, 1_000)
