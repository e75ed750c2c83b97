import { z } from 'zod'
import { type Refusal, refused } from '../../serving/tool.ts'
import { findTarget } from '../changes/find-target.ts'
import { type CableRow, cableFields, cableRowSchema, cableWords } from '../client/cable-row.ts'
import { deviceRowSchema } from '../client/device-row.ts'
import type { Inventory } from '../client/inventory.ts'
import { quoted } from '../intake/field-words.ts'
import { strange } from '../parts/read-part.ts'

/** A cable between recorded things, to choose from. */
export interface CableChoice {
  /** NetBox's own id. */
  id: number
  /** "core-1 Gi1/0/1 – ap-2 eth0". */
  words: string
}

/** More than any machine of a lab has ports. */
const mostCables = 500
const byName = new Intl.Collator('en', { numeric: true })

/** Every cable of the device with this tag, in the order of their words. */
export async function listCables(
  inventory: Inventory,
  tag: string,
): Promise<{ kind: 'cables'; cables: CableChoice[] } | Refusal> {
  const found = await findTarget(inventory, tag)
  if (found.kind === 'refused') return found
  const { kind, id, assetTag } = found.target
  if (kind === 'cable')
    return refused(`${assetTag} is a cable itself, so this result goes to its own record.`)
  if (kind !== 'device')
    return refused(`${assetTag} is not a device of NetBox. Choose the machine that it is in.`)
  const ask = { limit: mostCables, fields: cableFields }
  const answer = await inventory.rest.list('dcim/cables', { device_id: id }, ask)
  if (answer.kind === 'failed') return refused(answer.why)
  const rows = z.array(cableRowSchema).safeParse(answer.rows)
  if (!rows.success) return refused(strange().why)
  const cables = rows.data
    .filter((row) => deviceIds(row).includes(id))
    .map((row) => ({ id: row.id, words: endsWords(row) }))
  return { kind: 'cables', cables: cables.toSorted((a, b) => byName.compare(a.words, b.words)) }
}

/** A cable as it is now, by NetBox's own id; `words`: what a person knows it by. */
export async function findCable(
  { rest }: Inventory,
  id: number,
  words = 'This cable',
): Promise<{ kind: 'row'; row: CableRow } | Refusal> {
  const answer = await rest.call({ method: 'GET', path: `dcim/cables/${id}/` })
  if (answer.kind === 'failed' && answer.cause === 'gone')
    return refused(`${words} is not connected in NetBox any more. Choose the cable again.`)
  if (answer.kind === 'failed') return refused(answer.why)
  const row = cableRowSchema.safeParse(answer.body)
  return row.success && row.data.id === id ? { kind: 'row', row: row.data } : refused(strange().why)
}

/** Asset tags of what a cable connects, and its own. */
export async function tagsAlong({ rest }: Inventory, row: CableRow): Promise<string[]> {
  const answers = await Promise.all(
    [...new Set(deviceIds(row))].map((id) => rest.call({ method: 'GET', path: `dcim/devices/${id}/` })),
  )
  const devices = answers.map((answer) =>
    deviceRowSchema.safeParse(answer.kind === 'ok' ? answer.body : null),
  )
  const tags = devices.map(({ data }) => data?.asset_tag ?? null).filter((tag) => tag !== null)
  return row.label === '' ? tags : [...tags, row.label]
}

/** Bounded, because names in NetBox are whatever somebody wrote. */
export function endsWords(row: CableRow): string {
  return quoted(cableWords(row), 150)
}

function deviceIds({ a_terminations, b_terminations }: CableRow): number[] {
  return [...a_terminations, ...b_terminations].flatMap(({ object }) => object?.device?.id ?? [])
}
