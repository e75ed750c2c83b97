import { APICallError } from '@ai-sdk/provider'
import { z } from 'zod'
import { SpendRefused } from '../spend/spend-refused.ts'

/** Why a model did not answer, in words for a person that follow its name. The raw error goes to the log only. */
export interface ModelFailure {
  kind:
    | 'unreachable'
    | 'not-a-model-server'
    | 'refused'
    | 'overloaded'
    | 'failed'
    | 'empty'
    | 'broken-off'
    /** The conversation does not fit into its window. */
    | 'too-long'
    /** It wanted to call a tool, but not in a way that may be carried out. */
    | 'unreadable-call'
    | 'endless'
    /** It did not keep to the form that it was given. */
    | 'wrong-form'
    /** It was not asked, because of a cap or a price. */
    | 'no-money'
  words: string
}

export const emptyAnswer: ModelFailure = { kind: 'empty', words: 'it answered with nothing' }
export const onlyThoughts: ModelFailure = {
  kind: 'empty',
  words: 'it thought about it and then said nothing',
}
export const brokenOff: ModelFailure = { kind: 'broken-off', words: 'its answer broke off' }
export const notAModelServer: ModelFailure = {
  kind: 'not-a-model-server',
  words: 'it answered something that is not a model answer',
}
export const filtered: ModelFailure = {
  kind: 'refused',
  words: 'a filter of its provider stopped the answer',
}
export const cutShort: ModelFailure = {
  kind: 'broken-off',
  words: 'its answer reached the limit of its length',
}
export const endlessAnswer: ModelFailure = {
  kind: 'endless',
  words: 'it said the same over and over and was stopped',
}
export const argumentsTooLong: ModelFailure = {
  kind: 'unreadable-call',
  words: 'it wrote more into a tool call than one may hold, so nothing was done',
}
export const unreadableCall: ModelFailure = {
  kind: 'unreadable-call',
  words: 'it wrote a tool call that cannot be read, so nothing was done',
}
export const writtenAsText = (title: string): ModelFailure => ({
  kind: 'unreadable-call',
  words: `it wrote “${title}” into its text instead of calling it, so nothing was done`,
})
export const wrongForm: ModelFailure = {
  kind: 'wrong-form',
  words: 'it did not keep to the form it was given',
}

/** An answer that came and is of no use, as a value that streams and promises can carry. */
export class UselessAnswer extends Error {
  readonly failure: ModelFailure

  constructor(failure: ModelFailure) {
    super(`The model's answer is of no use: ${failure.words}.`)
    this.name = 'UselessAnswer'
    this.failure = failure
  }
}

/** An error event inside of a stream (OpenRouter: `code` is an HTTP status). */
const streamErrorSchema = z.looseObject({
  message: z.string(),
  code: z.number().int().min(400).max(599),
  type: z.string().nullish(),
  metadata: z.looseObject({ error_type: z.string().nullish() }).nullish(),
})
/** Bodies of llama-server, OpenRouter, OpenAI and Ollama for a prompt that does not fit. */
const tooLongWords =
  /exceed_context_size_error|context_length_exceeded|maximum context length|context size|longer than the context/i
/** Bodies with HTTP 400: OpenRouter (maxnowack/anthropic-proxy#4), LM Studio (tinyhumansai/openhuman#4181, continuedev/continue#10150). */
const modelGoneWords = /is not a valid model ID|no models loaded|failed to load model/i
/** OpenRouter, HTTP 404: price, tools or rules of the account leave nobody to ask (Routstr/routstr-core#554). */
const nobodyOffersWords = /no (?:allowed )?(?:endpoints|providers)\b/i
/** OpenRouter, HTTP 403: the limit that a person set on the key (RooCodeInc/Roo-Code#515), and its moderation (errors-and-debugging.mdx). */
const keyLimitWords = /key limit exceeded/i
const moderationWords = /"flagged_input"|moderation|guardrail/i

/** Never throws; an unknown error is `broken-off`. */
export function describeFailure(error: unknown): ModelFailure {
  if (error instanceof UselessAnswer) return error.failure
  if (error instanceof SpendRefused) return { kind: 'no-money', words: error.words }
  if (APICallError.isInstance(error)) return describeCall(error)
  const event = streamErrorSchema.safeParse(error)
  if (event.success) return describeStatus(event.data.code, JSON.stringify(event.data), null)
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError')
    return { kind: 'unreachable', words: 'it did not answer in time' }
  if (name.includes('NoObjectGenerated')) return wrongForm
  if (name.includes('JSONParse') || name.includes('InvalidResponse') || name.includes('TypeValidation')) {
    return notAModelServer
  }
  if (error instanceof TypeError || name.includes('Retry'))
    return { kind: 'unreachable', words: 'it cannot be reached' }
  return brokenOff
}

const bodyErrorSchema = z.looseObject({ error: streamErrorSchema })

function describeCall(error: APICallError): ModelFailure {
  const { statusCode, responseBody = '', responseHeaders } = error
  if (statusCode === undefined) return { kind: 'unreachable', words: 'it cannot be reached' }
  if (statusCode >= 400)
    return describeStatus(statusCode, responseBody, responseHeaders?.['retry-after'] ?? null)
  // OpenRouter reports a provider's failure in a body with HTTP 200 (BerriAI/litellm#8448).
  const inBody = bodyErrorSchema.safeParse(parsedJson(responseBody))
  if (inBody.success) return describeStatus(inBody.data.error.code, responseBody, null)
  return notAModelServer
}

function describeStatus(status: number, body: string, retryAfter: string | null): ModelFailure {
  const refused = refusedWords(status, body)
  if (refused !== null) return { kind: 'refused', words: refused }
  if (status === 408 || status === 504) return { kind: 'unreachable', words: 'it did not answer in time' }
  if (status === 413 || (status < 500 && tooLongWords.test(body)))
    return { kind: 'too-long', words: 'the conversation is too long for it' }
  if (status === 429 || status === 503) {
    const isSeconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter)
    return {
      kind: 'overloaded',
      words: isSeconds ? `it is busy and asks to wait ${retryAfter} s` : 'it is busy',
    }
  }
  return { kind: 'failed', words: `it failed (HTTP ${status})` }
}

/** null: it is no refusal of this key, model or question. */
function refusedWords(status: number, body: string): string | null {
  if (status === 403 && keyLimitWords.test(body)) return 'the limit that is set on its key is used up'
  if (status === 403 && moderationWords.test(body)) return 'a filter of its provider stopped the question'
  if (status === 401 || status === 403) return 'it refused the key'
  if (status === 402) return 'the account has no credit'
  if (status === 404 && nobodyOffersWords.test(body))
    return 'nobody offers it now at the price of its list and with what this needs'
  if (status === 404 || (status === 400 && modelGoneWords.test(body))) return 'it no longer has this model'
  return null
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
