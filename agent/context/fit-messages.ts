import type { ModelMessage } from 'ai'
import { shortenResults } from './shorten-results.ts'
import { sizeOfMessage } from './size-of-messages.ts'

export type Fitted =
  | {
      kind: 'fits'
      messages: ModelMessage[]
      /** Estimated. */
      tokens: number
      /** Older exchanges are not among the messages. */
      leftOut: boolean
    }
  /** What may not be left out is more than there is room for. */
  | { kind: 'too-long'; tokens: number }

/**
 * The messages that fit into `roomTokens`, of which what came before the present question takes `historyTokens` at most
 * (estimated tokens, as `sizeOfMessage` counts). Left out in this order: whole exchanges, oldest first, a call always with its
 * result; results of the present turn, oldest first, each down to one line. The present question and what was called
 * since stay. `lineOf`: the one line of a result that is on the shelf.
 */
export function fitMessages(
  messages: ModelMessage[],
  { roomTokens, historyTokens }: { roomTokens: number; historyTokens: number },
  lineOf: (reference: string) => string | null,
): Fitted {
  const exchanges = splitExchanges(messages)
  const present = exchanges.pop() ?? []
  const presentTokens = sum(present.map(sizeOfMessage))
  const sizes = exchanges.map((exchange) => sum(exchange.map(sizeOfMessage)))
  const first = firstKept(sizes, Math.min(historyTokens, roomTokens - presentTokens))
  const history = exchanges.slice(first)
  const tokens = sum(sizes.slice(first)) + presentTokens
  if (tokens <= roomTokens) {
    return { kind: 'fits', messages: [...history.flat(), ...present], tokens, leftOut: first > 0 }
  }
  for (let shortened = 1; shortened <= present.length; shortened += 1) {
    const shorter = [
      ...present.slice(0, shortened).map((message) => shortenResults(message, lineOf)),
      ...present.slice(shortened),
    ]
    const shorterTokens = sum(shorter.map(sizeOfMessage))
    if (shorterTokens <= roomTokens)
      return { kind: 'fits', messages: shorter, tokens: shorterTokens, leftOut: exchanges.length > 0 }
  }
  return { kind: 'too-long', tokens }
}

/** A question with everything up to the next one. What stands before the first question belongs to nobody and is left out. */
function splitExchanges(messages: ModelMessage[]): ModelMessage[][] {
  const exchanges: ModelMessage[][] = []
  for (const message of messages) {
    if (message.role === 'user') exchanges.push([message])
    else exchanges.at(-1)?.push(message)
  }
  return exchanges
}

/**
 * Index of the oldest exchange that is kept. The cut moves in strides, so that the same beginning is sent for several turns
 * and a server's prompt cache holds.
 */
function firstKept(sizes: number[], roomTokens: number): number {
  const excess = sum(sizes) - roomTokens
  if (excess <= 0) return 0
  const stride = 2 ** Math.floor(Math.log2(Math.max(2, roomTokens / 2)))
  const cutTokens = Math.ceil(excess / stride) * stride
  let start = 0
  const first = sizes.findIndex((size) => {
    const isKept = start >= cutTokens
    start += size
    return isKept
  })
  return first === -1 ? sizes.length : first
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
