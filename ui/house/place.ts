import { createContext, useContext } from 'react'

/** What is open beside the chat. */
export type Place =
  | { kind: 'chat' }
  | { kind: 'items' }
  | { kind: 'item'; itemId: string }
  | { kind: 'tag'; tag: string }
  | { kind: 'bench' }
  | { kind: 'queue' }
  | { kind: 'drift' }
  | { kind: 'spend' }
  | { kind: 'facts' }
  | { kind: 'connections' }
  | { kind: 'conversations' }

export interface Whereabouts {
  place: Place
  go(place: Place): void
  /** The tag of a scanned label without a record: the next intake is for the thing that carries it. */
  claim: string | null
  dropClaim(): void
}

export const PlaceContext = createContext<Whereabouts>({
  place: { kind: 'chat' },
  go() {},
  claim: null,
  dropClaim() {},
})

export function usePlace(): Whereabouts {
  return useContext(PlaceContext)
}

/** `/?item=<id>` and `/?tag=HW-00001` are where the address of a label leads. */
export function placeIn(search: string): Place {
  const query = new URLSearchParams(search)
  const itemId = query.get('item')
  if (itemId) return { kind: 'item', itemId }
  const tag = query.get('tag')
  return tag ? { kind: 'tag', tag: tag.slice(0, 32).toUpperCase() } : { kind: 'chat' }
}

/** `/a/HW-00007` of a label that nothing in the inventory has yet. */
export function claimIn(pathname: string): string | null {
  return /^\/a\/([A-Za-z0-9-]{1,32})\/?$/.exec(pathname)?.[1]?.toUpperCase() ?? null
}
