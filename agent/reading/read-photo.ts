import type { LanguageModelV4 } from '@ai-sdk/provider'
import { generateText } from 'ai'
import { loadPrompt } from '../../prompts/load-prompt.ts'
import { promptFor } from './families.ts'
import { type PhotoSaid, readReply } from './reading-schema.ts'

const readTimeoutMs = 120_000
const outputTokensMax = 1000

export interface ReadPhoto {
  /** null: it answered something else than a reading. */
  said: PhotoSaid | null
  text: string
  promptHash: string
}

/** Asks a model what it sees, with no tools and no history. Throws when it does not answer. `knownText` only chooses the prompt. */
export async function readPhoto(
  model: LanguageModelV4,
  photo: { bytes: Uint8Array; mediaType: string },
  knownText: string,
  signal: AbortSignal,
): Promise<ReadPhoto> {
  const prompt = loadPrompt(promptFor(knownText), { answer_form: loadPrompt('answer-form').text })
  const { text } = await generateText({
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: prompt.text },
          { type: 'file', mediaType: photo.mediaType, data: photo.bytes },
        ],
      },
    ],
    maxRetries: 0,
    maxOutputTokens: outputTokensMax,
    abortSignal: AbortSignal.any([signal, AbortSignal.timeout(readTimeoutMs)]),
  })
  return { said: readReply(text), text, promptHash: prompt.hash }
}
