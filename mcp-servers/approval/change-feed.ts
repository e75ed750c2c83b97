import type { ChangeRequest } from './change-request.ts'

/** Tells listeners about changed requests once the transaction that changed them is over, each as it then is. */
export interface ChangeFeed {
  changed(changeId: string): void
  listen(listener: (change: ChangeRequest) => void): () => void
  close(): void
}

export function openChangeFeed(read: (changeId: string) => ChangeRequest | null): ChangeFeed {
  const listeners = new Set<(change: ChangeRequest) => void>()
  const pending = new Set<string>()
  let closed = false
  const deliver = (): void => {
    const ids = [...pending]
    pending.clear()
    if (closed) return
    for (const id of ids) {
      const change = read(id)
      if (change) for (const listener of listeners) listener(change)
    }
  }
  return {
    changed(changeId) {
      // Transactions are synchronous, so a microtask runs after the outermost one has ended.
      if (pending.size === 0) queueMicrotask(deliver)
      pending.add(changeId)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      listeners.clear()
    },
  }
}
