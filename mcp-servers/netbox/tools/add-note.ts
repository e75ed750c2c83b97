import { z } from 'zod'
import type { GatedTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { planNote } from '../notes/plan-additions.ts'

const input = z.object({ tag: z.string().max(40), text: z.string().max(5000) })

const addNote: GatedTool<NetboxDomain, typeof input> = {
  name: 'add_note',
  title: 'Add a note',
  description: 'Proposes a journal note on a recorded thing.',
  tier: 'write',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  plan: ({ tag, text }, { inventory }) => planNote(inventory, tag, text),
}

export default addNote
