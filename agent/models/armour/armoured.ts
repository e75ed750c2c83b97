import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import { notAModelServer, onlyThoughts, UselessAnswer, wrongForm } from '../model-failure.ts'
import { keptForm } from './kept-form.ts'
import { offeredTools } from './offered-tools.ts'
import { type AnswerOutcome, openAnswerReading } from './read-answer.ts'
import { safeCall } from './safe-prompt.ts'

type Part = LanguageModelV4StreamPart

/**
 * The model behind what real servers do to its answers: markup that should have been a tool call or a thought, answers with
 * nothing in them, wrong finish reasons, forms that were ignored, streams that break. A meter belongs inside: one answer may take
 * two calls.
 *
 * `toolTurns`: some servers lose tool calls only when they stream (raullenchai/Rapid-MLX#447); `whole` asks for such answers in
 * one piece. A form is always asked for in one piece: half of one is of no use.
 */
export function armoured(model: LanguageModelV4, toolTurns: 'whole' | 'streamed'): LanguageModelV4 {
  async function whole(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const first = readWhole(await model.doGenerate(options), options)
    const { outcome: came } = first
    const kept = came.kind === 'nothing' ? await again(options, came).catch(() => first) : first
    options.abortSignal?.throwIfAborted()
    if (kept.outcome.kind !== 'whole') throw kept.outcome.error
    const { finishReason, usage, metadata } = kept.outcome
    return {
      ...kept.result,
      content: inForm(kept.content, options),
      finishReason,
      usage,
      ...(metadata ? { providerMetadata: metadata } : {}),
    }
  }

  /** Once more, in one piece, and without thinking where it only thought; the tokens of both are counted. */
  async function again(options: LanguageModelV4CallOptions, before: NothingCame): Promise<ReadWhole> {
    const quieter =
      before.error.failure === onlyThoughts ? { ...options, reasoning: 'none' as const } : options
    const second = readWhole(await model.doGenerate(quieter), options)
    if (second.outcome.kind !== 'whole') return second
    return { ...second, outcome: { ...second.outcome, usage: sum(before.usage, second.outcome.usage) } }
  }

  async function* streamed(
    options: LanguageModelV4CallOptions,
    reader: ReadableStreamDefaultReader<Part>,
  ): AsyncGenerator<Part> {
    const reading = openAnswerReading(offeredTools(options.tools))
    let broken: { error: unknown } | null = null
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read())
        yield* reading.add(next.value)
    } catch (error) {
      if (options.abortSignal?.aborted) throw error
      broken = { error }
      // What is useless need not be finished; a connection that broke is gone already.
      await reader.cancel().catch(() => {})
    }
    const { parts, calls, outcome } = reading.end()
    yield* parts
    if (broken) yield* failed(broken.error, outcome.usage)
    else if (outcome.kind === 'nothing') yield* secondTry(options, outcome)
    else if (outcome.kind === 'failed') yield* failed(outcome.error, outcome.usage)
    else {
      yield* calls
      const { finishReason, usage, metadata } = outcome
      yield { type: 'finish', finishReason, usage, ...(metadata ? { providerMetadata: metadata } : {}) }
    }
  }

  async function* secondTry(options: LanguageModelV4CallOptions, before: NothingCame): AsyncGenerator<Part> {
    let second: ReadWhole
    try {
      second = await again(options, before)
    } catch {
      yield* failed(before.error, before.usage)
      return
    }
    if (second.outcome.kind !== 'whole') yield* failed(second.outcome.error, second.outcome.usage)
    else yield* partsOf({ ...second.result, content: second.content, ...second.outcome }, 'again')
  }

  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => whole(safeCall(options)),
    async doStream(options) {
      const safe = safeCall(options)
      const isForm = safe.responseFormat?.type === 'json'
      if (isForm || (toolTurns === 'whole' && safe.tools && safe.tools.length > 0)) {
        const result = await whole(safe)
        return { stream: streamOf(partsOf(result, 'whole'), () => {}) }
      }
      const { stream, ...about } = await model.doStream(safe)
      const reader = stream.getReader()
      // A web page has no events: without this it would look like an answer that broke off.
      if (/html/i.test(about.response?.headers?.['content-type'] ?? '')) {
        await reader.cancel()
        throw new UselessAnswer(notAModelServer)
      }
      return { ...about, stream: streamOf(streamed(safe, reader), () => reader.cancel()) }
    },
  }
}

type NothingCame = Extract<AnswerOutcome, { kind: 'nothing' }>

function streamOf(
  parts: Iterator<Part> | AsyncIterator<Part>,
  cancel: () => void | Promise<void>,
): ReadableStream<Part> {
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    cancel,
  })
}

interface ReadWhole {
  result: LanguageModelV4GenerateResult
  content: LanguageModelV4Content[]
  outcome: AnswerOutcome
}

/** An answer in one piece goes the same way as a stream, so that both come out the same. */
function readWhole(result: LanguageModelV4GenerateResult, options: LanguageModelV4CallOptions): ReadWhole {
  const reading = openAnswerReading(offeredTools(options.tools))
  const content: LanguageModelV4Content[] = []
  const keep = (part: Part) => {
    const last = content.at(-1)
    if (part.type === 'text-start') content.push({ type: 'text', text: '' })
    else if (part.type === 'reasoning-start') content.push({ type: 'reasoning', text: '' })
    else if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
      if (last?.type === 'text' || last?.type === 'reasoning') last.text += part.delta
    } else if (part.type === 'source' || part.type === 'file') content.push(part)
  }
  for (const part of partsOf(result, 'read')) for (const shown of reading.add(part)) keep(shown)
  const { parts, calls, outcome } = reading.end()
  for (const shown of parts) keep(shown)
  return { result, content: [...content, ...calls], outcome }
}

function* partsOf(result: LanguageModelV4GenerateResult, prefix: string): Generator<Part> {
  const { content, finishReason, usage, providerMetadata, response, warnings } = result
  if (prefix !== 'again') {
    yield { type: 'stream-start', warnings }
    if (response) yield { type: 'response-metadata', ...response }
  }
  for (const [index, part] of content.entries()) {
    const id = `${prefix}-${index}`
    if (part.type === 'text' || part.type === 'reasoning') {
      yield { type: `${part.type}-start`, id }
      yield { type: `${part.type}-delta`, id, delta: part.text }
      yield { type: `${part.type}-end`, id }
    } else yield part
  }
  yield { type: 'finish', finishReason, usage, ...(providerMetadata ? { providerMetadata } : {}) }
}

const noUsage: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

function* failed(error: unknown, usage: LanguageModelV4Usage | null): Generator<Part> {
  yield { type: 'error', error }
  yield { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage: usage ?? noUsage }
}

function sum(first: LanguageModelV4Usage | null, second: LanguageModelV4Usage): LanguageModelV4Usage {
  const plus = (a: number | undefined, b: number | undefined) =>
    a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
  if (!first) return second
  return {
    ...second,
    inputTokens: {
      ...second.inputTokens,
      total: plus(first.inputTokens.total, second.inputTokens.total),
    },
    outputTokens: {
      ...second.outputTokens,
      total: plus(first.outputTokens.total, second.outputTokens.total),
    },
  }
}

/** A form was asked for: its JSON alone, or the answer is of no use. */
function inForm(
  content: LanguageModelV4Content[],
  { responseFormat }: LanguageModelV4CallOptions,
): LanguageModelV4Content[] {
  if (responseFormat?.type !== 'json') return content
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const json = keptForm(text, responseFormat.schema)
  if (json === null) throw new UselessAnswer(wrongForm)
  return [...content.filter((part) => part.type !== 'text'), { type: 'text', text: json }]
}
