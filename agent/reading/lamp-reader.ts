import { loadPrompt } from '../../prompts/load-prompt.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import { describeFailure } from '../models/model-failure.ts'
import type { LampsOutcome, OperatorDesk } from '../operator-desk.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import { askOfPhoto } from './ask-of-photo.ts'
import { readLampsReply } from './lamps-schema.ts'

export interface LampReaderDeps {
  /** A model that reads pictures and may be shown this one, or null. */
  reader(): ModelEntry | null
  desk: Pick<OperatorDesk, 'lampPhotos' | 'photo' | 'maskedPhoto'>
  onError(error: unknown, model: string): void
}

/** Asks a vision model which lamps of a cable tester are lit. Only the names of lamps get any further. */
export interface LampReader {
  /** Answers at once; what the model says comes with the bench. */
  begin(wish: RequestBody<'cable-photo-read'>): Answer<{ photoId: string }>
  close(): Promise<void>
}

const byHand = 'Enter what lit up by hand.'

export function openLampReader({ reader, desk, onError }: LampReaderDeps): LampReader {
  const stop = new AbortController()
  /** One photo at a time, so that the last of ten does not use up its time in a queue. */
  let last: Promise<void> = Promise.resolve()

  async function outcomeOf(attachmentId: string, near: string[], far: string[]): Promise<LampsOutcome> {
    const unread = (why: string): LampsOutcome => ({ kind: 'unread', why: `${why} ${byHand}` })
    const entry = reader()
    if (!entry) return unread('No model that reads pictures is there, or none that may see photos.')
    try {
      const photo = await shownTo(entry, attachmentId)
      if (!photo) return unread('This photo could not be prepared for the model.')
      const prompt = loadPrompt('read-lamps', { near: near.join(', '), far: far.join(', ') })
      const said = readLampsReply(await askOfPhoto(entry.model, photo, prompt.text, stop.signal))
      if (!said) return unread(`${entry.name} answered something that is not a reading.`)
      if (!said.tester) return unread(`${entry.name} sees no cable tester in this photo.`)
      const lamps = { near: said.near, far: said.far, isSure: said.sure }
      return { kind: 'said', modelName: entry.name, promptHash: prompt.hash, said: lamps }
    } catch (error) {
      onError(error, entry.name)
      return unread(`${entry.name} did not read this photo: ${describeFailure(error).words}.`)
    }
  }
  function shownTo({ where }: ModelEntry, attachmentId: string) {
    return where === 'cloud' ? desk.maskedPhoto(attachmentId) : desk.photo(attachmentId, null)
  }

  return {
    begin(wish) {
      const begun = desk.lampPhotos.begin(wish)
      if (begun.kind === 'refused') return begun
      const { photoId, near, far } = begun
      last = last.then(async () => {
        if (stop.signal.aborted || !desk.lampPhotos.isWanted(photoId)) return
        desk.lampPhotos.end(photoId, await outcomeOf(wish.attachmentId, near, far))
      })
      return { kind: 'ok', value: { photoId } }
    },
    async close() {
      stop.abort()
      await last
    },
  }
}
