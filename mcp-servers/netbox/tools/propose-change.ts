import { z } from 'zod'
import { type GatedTool, refused } from '../../serving/tool.ts'
import type { FieldWish } from '../changes/wished-fields.ts'
import type { NetboxDomain } from '../domain.ts'
import { planNote } from '../notes/plan-additions.ts'

const input = z.object({
  tag: z.string().max(40),
  fields: z
    .array(z.string().max(20_100))
    .max(20)
    .describe(
      'field=value: serial=SN-1, location=Lab / Shelf 2, name=, add_tag=spare, cf_owner=Ada; or one note=Fan replaced',
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
    const note = wishes.find(({ field }) => field === 'note')
    if (note === undefined) return changes.plan(tag, wishes)
    return wishes.length === 1
      ? planNote(inventory, tag, note.text)
      : refused('Propose the note by itself, and the fields without it.')
  },
}

export default proposeChange
