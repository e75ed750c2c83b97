import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import { ulid } from 'ulid'
import { z } from 'zod'

/** One line of the answer, or the whole of it. Durations are in ns. Source: ollama/ollama api/types.go, `ChatResponse`. */
export const chatLineSchema = z.union([
  z.looseObject({ error: z.string() }),
  z.looseObject({
    model: z.string().optional(),
    message: z
      .looseObject({
        content: z.string().nullish(),
        thinking: z.string().nullish(),
        tool_calls: z
          .array(
            z.looseObject({
              function: z.looseObject({ name: z.string(), arguments: z.unknown() }),
            }),
          )
          .nullish(),
      })
      .nullish(),
    done: z.boolean(),
    done_reason: z.string().nullish(),
    prompt_eval_count: z.int().nullish(),
    eval_count: z.int().nullish(),
  }),
])
type ChatLine = Exclude<z.infer<typeof chatLineSchema>, { error: string }>

export interface ReadCall {
  id: string
  name: string
  /** JSON text. */
  args: string
}

/** Its ids are missing in some versions and repeat in others: each call gets one of ours. */
export function callsIn({ message }: ChatLine): ReadCall[] {
  return (message?.tool_calls ?? []).map(({ function: { name, arguments: args } }) => ({
    ...{ id: ulid(), name },
    args: typeof args === 'string' ? args : JSON.stringify(args ?? {}),
  }))
}

export function usageOf(line: ChatLine): LanguageModelV4Usage {
  return {
    inputTokens: {
      ...{ total: line.prompt_eval_count ?? undefined, noCache: undefined },
      ...{ cacheRead: undefined, cacheWrite: undefined },
    },
    outputTokens: { total: line.eval_count ?? undefined, text: undefined, reasoning: undefined },
  }
}

export function finishOf({ done_reason }: ChatLine, hasCalls: boolean): LanguageModelV4FinishReason {
  const raw = done_reason ?? undefined
  if (raw === 'length') return { unified: 'length', raw }
  if (hasCalls) return { unified: 'tool-calls', raw }
  return { unified: raw === 'stop' ? 'stop' : 'other', raw }
}

/** Turns the lines into parts, one after the other. */
export function openChatReading() {
  let open: { kind: 'text' | 'reasoning'; id: string } | null = null
  let hasCalls = false
  let count = 0

  function* said(kind: 'text' | 'reasoning', delta: string): Generator<LanguageModelV4StreamPart> {
    if (delta === '') return
    if (open?.kind !== kind) {
      yield* closed()
      open = { kind, id: String(count++) }
      yield { type: `${kind}-start`, id: open.id }
    }
    yield { type: `${kind}-delta`, id: open.id, delta }
  }
  function* closed(): Generator<LanguageModelV4StreamPart> {
    if (open) yield { type: `${open.kind}-end`, id: open.id }
    open = null
  }
  return {
    *add(line: ChatLine): Generator<LanguageModelV4StreamPart> {
      yield* said('reasoning', line.message?.thinking ?? '')
      yield* said('text', line.message?.content ?? '')
      for (const { id, name, args } of callsIn(line)) {
        hasCalls = true
        yield* closed()
        yield { type: 'tool-input-start', id, toolName: name }
        yield { type: 'tool-input-delta', id, delta: args }
        yield { type: 'tool-input-end', id }
        yield { type: 'tool-call', toolCallId: id, toolName: name, input: args }
      }
      if (!line.done) return
      yield* closed()
      yield { type: 'finish', usage: usageOf(line), finishReason: finishOf(line, hasCalls) }
    },
  }
}
