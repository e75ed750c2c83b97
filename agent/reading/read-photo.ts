import type { LanguageModelV4 } from '@ai-sdk/provider'
import { loadPrompt } from '../../prompts/load-prompt.ts'
import { askOfPhoto } from './ask-of-photo.ts'
import { promptFor } from './families.ts'
import { type PhotoSaid, readReply } from './reading-schema.ts'

export interface ReadPhoto {
  /** null: it answered something else than a reading. */
  said: PhotoSaid | null
  text: string
  promptHash: string
}

/** Asks a model what it sees. Throws when it does not answer. `knownText` only chooses the prompt. */
export async function readPhoto(
  model: LanguageModelV4,
  photo: { bytes: Uint8Array; mediaType: string },
  knownText: string,
  signal: AbortSignal,
): Promise<ReadPhoto> {
  const prompt = loadPrompt(promptFor(knownText), { answer_form: loadPrompt('answer-form') })
  const text = await askOfPhoto(model, photo, prompt.text, signal)
  return { said: readReply(text), text, promptHash: prompt.hash }
}
