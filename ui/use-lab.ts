import { createContext, useContext, useSyncExternalStore } from 'react'
import type { LabConnection } from './connection.ts'
import type { LabState } from './lab-state.ts'

export const LabContext = createContext<LabConnection | null>(null)

/** The connection of the app around it; a bug when there is none. */
export function useConnection(): LabConnection {
  const connection = useContext(LabContext)
  if (!connection) throw new Error('useConnection needs a LabContext around it')
  return connection
}

/** Redraws when the selected part changes; select something that the state holds, not something made on the fly. */
export function useLab<Selected>(select: (state: LabState) => Selected): Selected {
  const connection = useConnection()
  const read = () => select(connection.state())
  return useSyncExternalStore(connection.subscribe, read, read)
}
