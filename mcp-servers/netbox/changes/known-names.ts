import type { Failure } from '../client/failure.ts'
import type { Rest, Row } from '../client/rest.ts'
import { slugOf } from '../outbox/references.ts'

/** The role as NetBox spells it; the wish itself when there is none yet. */
export async function knownRole(rest: Rest, wish: string): Promise<{ kind: 'name'; name: string } | Failure> {
  const slug = slugOf(wish)
  for (const filter of [{ slug }, { name: wish }]) {
    const answer = await rest.list('dcim/device-roles', filter, { limit: 50 })
    if (answer.kind === 'failed') return answer
    const row = answer.rows.find((candidate) => isNamed(candidate, wish))
    if (row) return { kind: 'name', name: String(row.name) }
  }
  return { kind: 'name', name: wish }
}

/** The path as NetBox spells it, as far as it is there. */
export async function knownPlace(
  rest: Rest,
  siteId: number,
  wish: readonly string[],
): Promise<{ kind: 'names'; names: string[] } | Failure> {
  const names: string[] = []
  let parentId: number | null = null
  for (const name of wish) {
    const under: { site_id: number; parent_id?: number } =
      parentId === null ? { site_id: siteId } : { site_id: siteId, parent_id: parentId }
    const answer = await rest.list('dcim/locations', { ...under, slug: slugOf(name) }, { limit: 50 })
    if (answer.kind === 'failed') return answer
    const row = answer.rows.find(
      (candidate) => isNamed(candidate, name) && idIn(candidate.parent) === parentId,
    )
    if (!row) return { kind: 'names', names: [...names, ...wish.slice(names.length)] }
    names.push(String(row.name))
    parentId = row.id
  }
  return { kind: 'names', names }
}

/** Manufacturer and model as NetBox spells them, as far as they are there. */
export async function knownModel(
  rest: Rest,
  wish: { manufacturer: string; model: string },
): Promise<{ kind: 'model'; model: { manufacturer: string; model: string }; isNew: boolean } | Failure> {
  const slug = slugOf(wish.manufacturer)
  const makers = await rest.list('dcim/manufacturers', { slug }, { limit: 50 })
  if (makers.kind === 'failed') return makers
  const maker = makers.rows.find((row) => isNamed(row, wish.manufacturer))
  if (!maker) return { kind: 'model', model: wish, isNew: true }
  const own = { manufacturer_id: maker.id }
  const filters: { manufacturer_id: number; model?: string; slug?: string }[] = [
    { ...own, model: wish.model },
    { ...own, slug: slugOf(`${wish.manufacturer}-${wish.model}`) },
  ]
  let model: string | null = null
  for (const filter of filters) {
    const types = await rest.list('dcim/device-types', filter, { limit: 50 })
    if (types.kind === 'failed') return types
    const type = types.rows.find(
      (row) =>
        idIn(row.manufacturer) === maker.id && (row.model === filter.model || row.slug === filter.slug),
    )
    if (type) {
      model = String(type.model)
      break
    }
  }
  const named = { manufacturer: String(maker.name), model: model ?? wish.model }
  return { kind: 'model', model: named, isNew: model === null }
}

function isNamed(row: Row, name: string): boolean {
  return row.slug === slugOf(name) || String(row.name).toLowerCase() === name.toLowerCase()
}

function idIn(reference: unknown): number | null {
  return typeof reference === 'object' && reference !== null && 'id' in reference
    ? Number(reference.id)
    : null
}
