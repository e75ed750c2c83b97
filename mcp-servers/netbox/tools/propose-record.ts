import { z } from 'zod'
import type { GatedTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'

const input = z.object({
  item_id: z.string().max(64),
  print: z.boolean().describe('Also print the label'),
  printer_id: z.string().max(64).optional().describe('From list_printers; without it the usual one'),
})

const proposeRecord: GatedTool<NetboxDomain, typeof input> = {
  name: 'propose_record',
  title: 'Propose the record',
  description:
    'Puts the record of a checked item, and if wanted its label, before the operator. Nothing is written until a person decides on the card. Refused with the next action while the item needs research or is a duplicate.',
  tier: 'physical',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  plan: ({ item_id, print, printer_id }, { intake }) =>
    intake.plan(item_id, { print, printerId: printer_id ?? null }),
}

export default proposeRecord
