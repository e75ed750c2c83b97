import { z } from 'zod'
import type { Approvals } from '../approval/approvals.ts'
import { changeOutput, outcomeOf } from './change-outcome.ts'
import { type OpenTool, refused } from './tool.ts'

interface Domain {
  approvals: Approvals
  confirmUrl(changeId: string): string
}

const input = z.object({ change_id: z.string().max(40) })

/** Every server that files changes has it, so that a client without cards can learn what became of a request. */
export const changeStatusTool: OpenTool<Domain, typeof input, typeof changeOutput> = {
  name: 'change_status',
  title: 'What became of a change',
  description:
    'What became of a proposed change. While it waits, give the person the link and go on; do not ask again at once.',
  input,
  openWorld: false,
  timeLimitMs: 5_000,
  tier: 'read',
  output: changeOutput,
  async run({ change_id }, { approvals, confirmUrl }) {
    const change = approvals.get(change_id)
    if (!change)
      return refused('There is no change with this id. Use the change_id that the proposing tool returned.')
    return { kind: 'answer', output: outcomeOf(change, confirmUrl) }
  },
}
