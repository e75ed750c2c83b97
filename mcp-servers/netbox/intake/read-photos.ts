import type { Fault } from '../../serving/open-call.ts'
import type { Attachments } from '../attachments/attachments.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { interpretPhoto } from '../identify/interpret-photo.ts'
import type { PhotoReader, PhotoReading } from '../photo/photo-reading.ts'
import type { IntakeStore } from './intake-store.ts'
import type { Reading } from './item.ts'
import type { Stage } from './item-stages-table.ts'

interface Deps {
  store: IntakeStore
  attachments: Attachments
  catalogue: Catalogue
  photoReader: PhotoReader
  onStage(stage: Stage): void
  onFault?: ((fault: Fault) => void) | undefined
}

/**
 * Reads every photo of the item that was not read yet. What a photo shows is stored in one transaction with the mark
 * that it was read, so after a crash it is read again from the start and nothing counts twice. Rejects only when aborted.
 */
export async function readPhotos(deps: Deps, itemId: string, signal: AbortSignal): Promise<void> {
  const { store, onStage } = deps
  const unread = store.photos.of(itemId).filter((photo) => photo.readAtMs === null)
  if (unread.length === 0) return
  onStage({ name: 'codes', words: 'Reading codes…', status: 'working' })
  onStage({ name: 'text', words: 'Reading the label…', status: 'waiting' })
  const troubles: string[] = []
  for (const { attachmentId } of unread) {
    const outcome = await readOne(deps, attachmentId, signal)
    signal.throwIfAborted()
    if (outcome.kind === 'failed') troubles.push(outcome.why)
    store.database.transaction(() => {
      const nowMs = store.clock.nowMs()
      if (outcome.kind === 'read') {
        store.readings.put(attachmentId, outcome.reading, nowMs)
        store.evidence.removeReadings(itemId, attachmentId)
        for (const found of outcome.found) store.evidence.add(itemId, found, nowMs)
      }
      store.photos.markRead(itemId, attachmentId, nowMs)
    })()
  }
  closeStages(deps, itemId, troubles)
}

type OnePhoto = { kind: 'read'; reading: PhotoReading; found: Reading[] } | { kind: 'failed'; why: string }

const notUnderstood =
  'HWLab stumbled over what stands on this photo; the log says where. Add another photo, or type the fields.'

/**
 * A worker's boundary: a photo that cannot be read, or whose reading HWLab stumbles over, becomes a sentence. Otherwise
 * one photo would end HWLab again at every start.
 */
async function readOne(deps: Deps, attachmentId: string, signal: AbortSignal): Promise<OnePhoto> {
  const reading = await lookAt(deps, attachmentId, signal)
  if (reading.kind === 'failed') return reading
  try {
    return { ...reading, found: interpretPhoto(reading.reading, attachmentId, deps.catalogue) }
  } catch (cause) {
    deps.onFault?.({ tool: 'interpret photo', cause })
    return { kind: 'failed', why: notUnderstood }
  }
}

async function lookAt(
  deps: Deps,
  attachmentId: string,
  signal: AbortSignal,
): Promise<{ kind: 'read'; reading: PhotoReading } | { kind: 'failed'; why: string }> {
  const known = deps.store.readings.find(attachmentId)
  if (known) return { kind: 'read', reading: known }
  try {
    const jpeg = await deps.attachments.jpeg(attachmentId)
    const reading = await deps.photoReader.read(
      jpeg,
      (stage, words) => {
        if (stage === 'text') deps.onStage({ name: 'codes', words: 'Codes were looked for', status: 'done' })
        deps.onStage({ name: stage, words, status: 'working' })
      },
      signal,
    )
    return { kind: 'read', reading }
  } catch (error) {
    signal.throwIfAborted()
    return { kind: 'failed', why: error instanceof Error ? error.message : 'The photo could not be read.' }
  }
}

/** What all photos of the item show together, in numbers. */
function closeStages({ store, onStage }: Deps, itemId: string, troubles: string[]): void {
  const readings = store.photos.of(itemId).flatMap(({ attachmentId }) => {
    const reading = store.readings.find(attachmentId)
    return reading ? [reading] : []
  })
  const codes = readings.flatMap((reading) => reading.codes).length
  const lines = readings.flatMap((reading) => reading.lines).length
  const [trouble] = troubles
  if (trouble !== undefined) {
    onStage({ name: 'codes', words: counted(codes, 'code'), status: codes > 0 ? 'done' : 'failed' })
    onStage({ name: 'text', words: trouble, status: 'failed' })
    return
  }
  onStage({ name: 'codes', words: counted(codes, 'code'), status: 'done' })
  onStage({ name: 'text', words: counted(lines, 'line of text', 'lines of text'), status: 'done' })
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? `No ${many}` : `${count} ${count === 1 ? one : many}`
}
