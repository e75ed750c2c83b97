import { createContext, useContext } from 'react'

/** What is open beside the chat. */
export type Place =
  | { kind: 'chat' }
  | { kind: 'items' }
  | { kind: 'item'; itemId: string }
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
