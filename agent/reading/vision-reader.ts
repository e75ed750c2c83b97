import type { ModelEntry } from '../models/model-entry.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { readPhoto } from './read-photo.ts'

export interface VisionReaderDeps {
  reader(): ModelEntry | null
  toolbox: Toolbox
  /** What this model is shown of the photo; null: there is nothing to show. */
  photo(
    of: { itemId: string; attachmentId: string },
    entry: ModelEntry,
  ): Promise<{ bytes: Uint8Array; mediaType: string } | null>
  onOutcome(outcome: { itemId: string; model: string; words: string; error?: unknown }): void
}

/** Asks a vision model what it sees and hands that over as *said*. It never holds up an intake, and it never throws. */
export interface VisionReader {
  /** `knownText`: what codes and text already showed; it only chooses the prompt. */
  read(item: { itemId: string; attachmentIds: string[]; knownText: string }): Promise<void>
  close(): Promise<void>
}

export function openVisionReader(deps: VisionReaderDeps): VisionReader {
  const stop = new AbortController()
  /** One request at a time: a small machine answers two at once slower than one after the other. */
  let last: Promise<void> = Promise.resolve()

  async function readOne(item: {
    itemId: string
    attachmentIds: string[]
    knownText: string
  }): Promise<void> {
    const entry = deps.reader()
    const attachmentId = item.attachmentIds[0]
    if (!entry || !attachmentId || stop.signal.aborted) return
    const told = (words: string, error?: unknown) =>
      deps.onOutcome({ itemId: item.itemId, model: entry.name, words, error })
    try {
      const photo = await deps.photo({ itemId: item.itemId, attachmentId }, entry)
      if (!photo) return
      const { said, text, promptHash } = await readPhoto(entry.model, photo, item.knownText, stop.signal)
      if (!said) return told('answered something that is not a reading')
      const seen = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
      if (Object.keys(seen).length === 0) return told('saw nothing that it was sure of')
      const about = {
        item_id: item.itemId,
        model_name: entry.name,
        prompt_hash: promptHash,
        raw_reply: text.slice(0, 8000),
      }
      const outcome = await deps.toolbox.call(
        'netbox_add_reading',
        { ...about, ...seen },
        { signal: stop.signal, onProgress: () => {} },
      )
      told(outcome.kind === 'refused' ? outcome.why : 'reading stored')
    } catch (error) {
      told('did not answer', error)
    }
  }

  return {
    read(item) {
      last = last.then(() => readOne(item))
      return last
    },
    async close() {
      stop.abort()
      await last
    },
  }
}
