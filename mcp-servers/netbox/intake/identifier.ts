import type { Approvals } from '../../approval/approvals.ts'
import type { Fault } from '../../serving/open-call.ts'
import type { Attachments } from '../attachments/attachments.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Inventory } from '../client/inventory.ts'
import type { PhotoReader } from '../photo/photo-reading.ts'
import { checkDuplicates } from './duplicates.ts'
import { quoted } from './field-words.ts'
import type { IntakeStore } from './intake-store.ts'
import { fieldsOf, recordedValue } from './item-fields.ts'
import type { Stage } from './item-stages-table.ts'
import { readPhotos } from './read-photos.ts'
import { moveItem, serverItself, settleGate } from './settle-gate.ts'

export interface IdentifierDeps {
  store: IntakeStore
  audit: Approvals['audit']
  threshold: number
  attachments: Attachments
  catalogue: Catalogue
  inventory: Inventory
  photoReader: PhotoReader
  onFault?: ((fault: Fault) => void) | undefined
}

/** Identifies items in the background: photos, catalogue, duplicates; several at once, each stage stored as it goes. */
export interface Identifier {
  /** Starts, or starts over when photos came meanwhile. */
  begin(itemId: string): void
  /** Resolves when the item is not being read any more; calls `onStage` with the words of each stage until then. */
  settled(itemId: string, onStage?: (words: string) => void): Promise<void>
  /** Takes up what a crash or a shutdown left half-read. */
  resume(): void
  close(): Promise<void>
}

export function openIdentifier(deps: IdentifierDeps): Identifier {
  const { store } = deps
  const running = new Map<string, Promise<void>>()
  const listeners = new Map<string, Set<(words: string) => void>>()
  const closing = new AbortController()

  const onStage = (itemId: string) => (stage: Stage) => {
    store.stages.put(itemId, stage)
    store.changed(itemId)
    for (const listener of listeners.get(itemId) ?? []) listener(stage.words)
  }
  const work = async (itemId: string) => {
    try {
      do await identify(deps, itemId, onStage(itemId), closing.signal)
      while (hasUnread(store, itemId))
    } catch (error) {
      if (!closing.signal.aborted) throw error
    } finally {
      running.delete(itemId)
    }
  }
  const begin = (itemId: string) => {
    if (closing.signal.aborted || running.has(itemId)) return
    running.set(itemId, work(itemId))
  }
  return {
    begin,
    async settled(itemId, listener) {
      const heard = listeners.get(itemId) ?? new Set()
      if (listener) listeners.set(itemId, heard.add(listener))
      try {
        await running.get(itemId)
      } finally {
        if (listener) heard.delete(listener)
        if (heard.size === 0) listeners.delete(itemId)
      }
    },
    resume() {
      for (const item of store.items.list(10_000)) if (item.state === 'draft') begin(item.id)
    },
    async close() {
      closing.abort()
      await Promise.all(running.values())
    },
  }
}

function hasUnread(store: IntakeStore, itemId: string): boolean {
  return (
    store.items.find(itemId)?.discardedAtMs === null &&
    store.photos.of(itemId).some((photo) => photo.readAtMs === null)
  )
}

async function identify(
  deps: IdentifierDeps,
  itemId: string,
  onStage: (stage: Stage) => void,
  signal: AbortSignal,
): Promise<void> {
  const { store } = deps
  await readPhotos({ ...deps, onStage }, itemId, signal)
  onStage(catalogueStage(deps, itemId))
  onStage({ name: 'duplicates', words: 'Looking whether you have it already…', status: 'working' })
  const check = await checkDuplicates(deps, itemId)
  signal.throwIfAborted()
  store.database.transaction(() => {
    store.duplicates.replace(itemId, check.duplicates)
    moveItem(deps, itemId, 'read', serverItself)
    settleGate(deps, itemId, serverItself)
  })()
  onStage(
    check.kind === 'unchecked'
      ? { name: 'duplicates', words: check.why, status: 'failed' }
      : { name: 'duplicates', words: duplicateWords(check.duplicates.length), status: 'done' },
  )
}

function duplicateWords(count: number): string {
  return count === 0 ? 'Nothing like it yet' : `${count} to compare with`
}

function catalogueStage({ store, catalogue }: IdentifierDeps, itemId: string): Stage {
  const model = recordedValue(fieldsOf(store.evidence.of(itemId)), 'model')
  if (model === null) return { name: 'catalogue', words: 'No model to look up', status: 'skipped' }
  const { matches } = catalogue.byModel(model)
  return {
    name: 'catalogue',
    words:
      matches.length > 0 ? `In the catalogue: ${quoted(model)}` : `Not in the catalogue: ${quoted(model)}`,
    status: 'done',
  }
}
