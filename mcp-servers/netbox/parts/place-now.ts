import { z } from 'zod'
import { type Refusal, refused } from '../../serving/tool.ts'
import { deviceRowSchema } from '../client/device-row.ts'
import { moduleRowSchema } from '../client/module-row.ts'
import type { Rest } from '../client/rest.ts'
import { quoted } from '../intake/field-words.ts'
import type { Place } from './move-intent.ts'

type PlaceNow =
  | { kind: 'place'; place: Place }
  /** In a rack, or a thing that has no place of its own. */
  | { kind: 'mounted'; words: string; site: { name: string; slug: string } }
  | Refusal

const strangeWords = 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.'

/** Where a device or module is, in words that lead back there. */
export async function placeNow(rest: Rest, record: { kind: string; id: number }): Promise<PlaceNow> {
  const isModule = record.kind === 'module'
  const path = `dcim/${isModule ? 'modules' : 'devices'}/${record.id}/`
  const answer = await rest.call({ method: 'GET', path })
  if (answer.kind === 'failed') return refused(answer.why)
  if (isModule) {
    const row = moduleRowSchema.safeParse(answer.body)
    if (!row.success) return refused(strangeWords)
    const { device, module_bay } = row.data
    const tag = await rest.call({
      method: 'GET',
      path: `dcim/devices/${device.id}/`,
      query: { fields: 'asset_tag' },
    })
    const machine = z
      .object({ asset_tag: z.string().nullable() })
      .safeParse(tag.kind === 'ok' ? tag.body : null)
    const place = {
      kind: 'bay' as const,
      machine: {
        id: device.id,
        name: quoted(device.display, 80),
        tag: machine.success ? machine.data.asset_tag : null,
      },
      name: module_bay.name,
      isNew: false,
    }
    return { kind: 'place', place }
  }
  const row = deviceRowSchema.safeParse(answer.body)
  if (!row.success) return refused(strangeWords)
  const { site, rack, location } = row.data
  const named = { name: site.name, slug: site.slug }
  if (rack) return { kind: 'mounted', words: `it is mounted in ${quoted(rack.name)}`, site: named }
  const path_ = location ? await pathOf(rest, location.id) : []
  return Array.isArray(path_)
    ? { kind: 'place', place: { kind: 'shelf', site: named, location: path_ } }
    : path_
}

const locationSchema = z.object({ name: z.string(), parent: z.object({ id: z.number() }).nullish() })

async function pathOf(rest: Rest, innermost: number): Promise<string[] | Refusal> {
  const names: string[] = []
  let at: number | null = innermost
  while (at !== null && names.length < 6) {
    const answer = await rest.call({ method: 'GET', path: `dcim/locations/${at}/` })
    if (answer.kind === 'failed') return refused(answer.why)
    const row = locationSchema.safeParse(answer.body)
    if (!row.success) return refused(strangeWords)
    names.unshift(row.data.name)
    at = row.data.parent?.id ?? null
  }
  return names
}
