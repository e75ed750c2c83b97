import type { LanguageModelV4 } from '@ai-sdk/provider'
import { generateText } from 'ai'

const readTimeoutMs = 120_000
const outputTokensMax = 1000

/** Asks a model about one photo, with no tools and no history. Throws when it does not answer. */
export async function askOfPhoto(
  model: LanguageModelV4,
  photo: { bytes: Uint8Array; mediaType: string },
  prompt: string,
  signal: AbortSignal,
): Promise<string> {
  const { text } = await generateText({
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: prompt },
          { type: 'file', mediaType: photo.mediaType, data: photo.bytes },
        ],
      },
    ],
    maxRetries: 0,
    maxOutputTokens: outputTokensMax,
    abortSignal: AbortSignal.any([signal, AbortSignal.timeout(readTimeoutMs)]),
  })
  return text
}
