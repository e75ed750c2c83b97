import { z } from 'zod'
import type { GatedTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'

const input = z.object({ what: z.string().max(64).describe('A tag (its last write) or a change_id') })

const undoChange: GatedTool<NetboxDomain, typeof input> = {
  name: 'undo_change',
  title: 'Take a write back',
  description:
    'Puts before the operator what taking back a confirmed write would restore. A new record is retired.',
  tier: 'bulk-or-destructive',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  plan: ({ what }, { changes }) => changes.planUndo(what),
}

export default undoChange
