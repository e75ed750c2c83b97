import type { Endpoint } from '../client/endpoints.ts'
import { exception, json } from './answers.ts'
import type { ObjectStore } from './object-store.ts'
import { Reader } from './read-object.ts'
import type { Release } from './release.ts'
import { selectObjects } from './select-objects.ts'

const pageRows = 50
const mostPageRows = 1000

interface Listed {
  store: ObjectStore
  release: Release
  model: Endpoint
  origin: string
}

/** A page of a list, by offset or (from 4.6) by the id to start at. */
export function listObjects(at: Listed, url: URL): Response {
  const query = url.searchParams
  const pattern = [...query].find(([name, value]) => name.endsWith('__regex') && !isPattern(value))
  if (pattern) return exception(at.release, 'DataError', 'invalid regular expression')
  const selected = selectObjects(at.store, at.model, query)
  if (selected.kind === 'errors') return json(400, selected.errors)
  const start = at.release.minor >= 6 ? query.get('start') : null
  if (start !== null && !/^\d+$/.test(start))
    return json(400, ["Invalid 'start' parameter: must be a non-negative integer."])
  if (start !== null && query.has('offset'))
    return json(400, ["'start' and 'offset' are mutually exclusive."])
  if (start !== null && query.has('ordering'))
    return json(400, ['Ordering cannot be specified in conjunction with cursor-based pagination.'])
  const asked = Number(query.get('limit') ?? pageRows)
  const limit = Math.min(asked > 0 ? asked : mostPageRows, mostPageRows)
  return start === null
    ? byOffset(at, url, selected.ids, limit)
    : byCursor(
        at,
        url,
        selected.ids.filter((id) => id >= Number(start)).sort((a, b) => a - b),
        limit,
      )
}

function byOffset(at: Listed, url: URL, ids: number[], limit: number): Response {
  const offset = Math.max(Number(url.searchParams.get('offset') ?? 0), 0)
  const linkTo = (to: number) => link(url, { limit, offset: to })
  return json(200, {
    count: ids.length,
    next: offset + limit < ids.length ? linkTo(offset + limit) : null,
    previous: offset > 0 ? linkTo(Math.max(offset - limit, 0)) : null,
    results: rowsOf(at, url, ids.slice(offset, offset + limit)),
  })
}

function byCursor(at: Listed, url: URL, ids: number[], limit: number): Response {
  const page = ids.slice(0, limit)
  const last = page.at(-1) ?? 0
  return json(200, {
    count: null,
    next: page.length < limit ? null : link(url, { limit, start: last + 1 }),
    previous: null,
    results: rowsOf(at, url, page),
  })
}

function rowsOf(at: Listed, url: URL, ids: number[]): Record<string, unknown>[] {
  const reader = new Reader(at)
  const brief = Boolean(url.searchParams.get('brief'))
  return ids.flatMap((id) => {
    const object = at.store.get(at.model, id)
    if (!object) return []
    return [brief ? reader.brief(object) : onlyFields(reader.whole(object), url)]
  })
}

export function onlyFields(row: Record<string, unknown>, url: URL): Record<string, unknown> {
  const fields = url.searchParams.get('fields')?.split(',')
  return fields ? Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name))) : row
}

function link(url: URL, set: Record<string, number>): string {
  const to = new URL(url)
  for (const [name, value] of Object.entries(set)) to.searchParams.set(name, String(value))
  return to.href
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== null
  } catch {
    return false
  }
}
