import { z } from 'zod'
import { type GatedTool, refused } from '../../serving/tool.ts'
import type { FieldWish } from '../changes/wished-fields.ts'
import type { NetboxDomain } from '../domain.ts'
import { planInterfaces } from '../interface-names/plan-interfaces.ts'
import { planNote } from '../notes/plan-additions.ts'

const input = z.object({
  tag: z.string().max(40),
  fields: z
    .array(z.string().max(20_100))
    .max(20)
    .describe(
      'field=value: serial=SN-1, location=Lab / Shelf 2, name=, add_tag=spare, cf_owner=Lab; or one note=Fan replaced, or interfaces=standard',
    ),
})

const proposeChange: GatedTool<NetboxDomain, typeof input> = {
  name: 'propose_change',
  title: 'Propose a change',
  description:
    'Puts a change of a recorded thing before the operator. status=retired retires it; nothing is deleted.',
  tier: 'write',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  async plan({ tag, fields }, { changes, inventory }) {
    const wishes: FieldWish[] = []
    for (const text of fields) {
      const [, field, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
      if (field === undefined || value === undefined)
        return refused('Write each field as field=value, for example serial=SN-1.')
      wishes.push({ field: field.trim(), text: value })
    }
    const lone = wishes.find(({ field }) => field === 'note' || field === 'interfaces')
    if (lone === undefined) return changes.plan(tag, wishes)
    if (wishes.length > 1) return refused(`Propose ${lone.field}= by itself, and the fields without it.`)
    if (lone.field === 'note') return planNote(inventory, tag, lone.text)
    return lone.text.trim() === 'standard'
      ? planInterfaces(inventory, tag)
      : refused('Write interfaces=standard: each interface gets the name that its platform writes, once.')
  },
}

export default proposeChange
