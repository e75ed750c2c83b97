import type { LabDatabase } from '../../serving/database.ts'
import { diskTrouble } from '../../serving/disk-trouble.ts'
import type { Settled, SettledOutcome } from './operation.ts'
import type { Operation } from './operation-row.ts'
import type { Operations } from './operations.ts'

/** Tells of every settlement once: told and marked as told in one transaction. */
export class Announcements {
  readonly #database: LabDatabase
  readonly #operations: Operations
  readonly #listeners = new Set<(settled: Settled) => void>()

  constructor(database: LabDatabase, operations: Operations) {
    this.#database = database
    this.#operations = operations
  }

  listen(listener: (settled: Settled) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * The error of a listener that failed, which is a bug: its settlement stays on disk, untold. Throws when the disk takes
   * nothing; SQLite may then have rolled back the caller's transaction as well.
   */
  tell(): unknown {
    if (this.#listeners.size === 0) return null
    try {
      for (const { operation, settledBy } of this.#operations.unannounced())
        this.#database.transaction(() => {
          this.#operations.announced(operation.id)
          const { id, operationKey, kind, intent } = operation
          const outcome = outcomeOf(settledBy)
          for (const listener of this.#listeners)
            listener({ id, operationKey, operation: kind.kind, intent, outcome })
        })()
      return null
    } catch (error) {
      if (diskTrouble(error) !== null) throw error
      return error
    }
  }
}

function outcomeOf(settled: Operation): SettledOutcome {
  if (settled.state === 'confirmed')
    return { kind: 'confirmed', record: settled.record, words: settled.words ?? 'Written and read back.' }
  if (settled.state === 'cancelled') return { kind: 'cancelled' }
  return { kind: 'needs-human', why: settled.why ?? 'Look at the record in NetBox.' }
}
