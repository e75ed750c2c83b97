import { randomInt } from 'node:crypto'
import { APICallError } from '@ai-sdk/provider'
import { generateText } from 'ai'
import { callLimits, type Finding, type ProbeStep, type ProbeSubject } from './probe-subject.ts'
import { stillAnswers } from './still-answers.ts'

/** Reading a prompt takes a small machine seconds per thousand tokens. */
const triedTokensMax = 6000
const shareOfClaim = 0.6
const sampleLines = 40
/** Less than this share of what was sent: it was cut. */
const heldShareMin = 0.85
const answerTokensMax = 24
/** No tokenizer writes a line of the filler with fewer: a server that says so does not count. */
const tokensPerLineMin = 5

/**
 * Does it take what it says it takes? A marker, then filler; tokens that the server counted are held against a short sample of the
 * same filler. Ollama cuts without a word, HTTP 200.
 */
export const holdsWindow: ProbeStep = {
  words: 'how much it remembers',
  finds: ['window-claimed', 'window-cut', 'window-held', 'prompt-tokens-per-second'],
  onCloud: false,
  async run(subject) {
    const claimed = (await subject.facts()).windowTokens
    const sample = await sent(subject, sampleLines)
    const found = (cut: number | null, held: number | null, speed: number | null): Finding[] => [
      { name: 'window-claimed', value: claimed },
      { name: 'window-cut', value: cut },
      { name: 'window-held', value: held },
      { name: 'prompt-tokens-per-second', value: speed },
    ]
    if (sample.kind !== 'read' || sample.tokens === null) return found(null, null, null)
    const perLine = sample.tokens / sampleLines
    if (perLine < tokensPerLineMin) return found(null, null, null)
    let lines = Math.floor(Math.min((claimed ?? Infinity) * shareOfClaim, triedTokensMax) / perLine)
    let big = await sent(subject, lines)
    let isRefused = false
    while (big.kind === 'refused' && big.windowTokens === null && lines > 2 * sampleLines) {
      isRefused = true
      lines = Math.floor(lines / 2)
      big = await sent(subject, lines)
    }
    if (big.kind === 'refused') return found(big.windowTokens ?? sample.tokens, sample.tokens, null)
    if (big.tokens === null) return found(null, sample.tokens, null)
    const speed = big.tokens / (big.elapsedMs / 1000)
    const isCut = isRefused || big.tokens < heldShareMin * lines * perLine
    return found(isCut ? big.tokens : null, big.tokens, speed)
  },
}

type Sent =
  | { kind: 'read'; tokens: number | null; elapsedMs: number }
  | { kind: 'refused'; windowTokens: number | null }

/** Every line is another one, so that no cache answers for it. */
async function sent(subject: ProbeSubject, lines: number): Promise<Sent> {
  const marker = `K${randomInt(1000, 9999)}`
  const filler = Array.from(
    { length: lines },
    () => `Shelf ${number()} holds box ${number()} and ${number()}.`,
  )
  const startedMs = performance.now()
  try {
    const { usage } = await generateText({
      ...callLimits(subject),
      model: subject.model,
      prompt: `The marker is ${marker}.\n${filler.join('\n')}\nWhat is the marker? Answer with the marker only.`,
      maxOutputTokens: answerTokensMax,
    })
    return { kind: 'read', tokens: usage.inputTokens ?? null, elapsedMs: performance.now() - startedMs }
  } catch (error) {
    await stillAnswers(subject, error)
    const body = APICallError.isInstance(error) ? (error.responseBody ?? '') : ''
    const told = /"n_ctx":\s*(\d+)/.exec(body)?.[1]
    return { kind: 'refused', windowTokens: told === undefined ? null : Number(told) }
  }
}

const number = () => String(randomInt(1000, 9999))
