import { APICallError } from '@ai-sdk/provider'

/** Why a model did not answer, in words for a person. The raw error goes to the log only. */
export interface ModelFailure {
  kind: 'unreachable' | 'not-a-model-server' | 'refused' | 'overloaded' | 'failed' | 'empty' | 'broken-off'
  words: string
}

export const emptyAnswer: ModelFailure = { kind: 'empty', words: 'it answered with nothing' }
export const brokenOff: ModelFailure = { kind: 'broken-off', words: 'its answer broke off' }

/** Never throws; an unknown error is `failed`. */
export function describeFailure(error: unknown): ModelFailure {
  if (APICallError.isInstance(error)) return describeStatus(error)
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError')
    return { kind: 'unreachable', words: 'it did not answer in time' }
  if (name.includes('JSONParse') || name.includes('InvalidResponse') || name.includes('TypeValidation')) {
    return { kind: 'not-a-model-server', words: 'it answered something that is not a model answer' }
  }
  if (error instanceof TypeError || name.includes('Retry'))
    return { kind: 'unreachable', words: 'it cannot be reached' }
  return brokenOff
}

function describeStatus(error: APICallError): ModelFailure {
  const { statusCode } = error
  if (statusCode === undefined) return { kind: 'unreachable', words: 'it cannot be reached' }
  if (statusCode === 401 || statusCode === 403) return { kind: 'refused', words: 'it refused the key' }
  if (statusCode === 402) return { kind: 'refused', words: 'the account has no credit' }
  if (statusCode === 429 || statusCode === 503) return { kind: 'overloaded', words: 'it is busy' }
  if (statusCode === 404) return { kind: 'refused', words: 'it no longer has this model' }
  if (statusCode < 400) {
    return { kind: 'not-a-model-server', words: 'it answered something that is not a model answer' }
  }
  return { kind: 'failed', words: `it failed (HTTP ${statusCode})` }
}
