import { createContext, useContext } from 'react'

/** What is open beside the chat. */
export type Place =
  | { kind: 'chat' }
  | { kind: 'items' }
  | { kind: 'item'; itemId: string }
  | { kind: 'tag'; tag: string }
  | { kind: 'bench' }
  | { kind: 'queue' }
  | { kind: 'connections' }
  | { kind: 'conversations' }

export const PlaceContext = createContext<{ place: Place; go(place: Place): void }>({
  place: { kind: 'chat' },
  go() {},
})

export function usePlace() {
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
