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

function isNamed(row: Row, name: string): boolean {
  return row.slug === slugOf(name) || String(row.name).toLowerCase() === name.toLowerCase()
}

function idIn(reference: unknown): number | null {
  return typeof reference === 'object' && reference !== null && 'id' in reference
    ? Number(reference.id)
    : null
}
