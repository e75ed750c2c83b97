import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { type CommandMove, type CommandWorld, nextMove, type StepDone } from './command-moves.ts'
import { readRequest } from './command-request.ts'
import type { ModelEntry } from './model-entry.ts'

const noUsage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}

/**
 * The command grammar behind the same interface as any model: it never guesses, and never poses as AI. With it everything
 * works without a model.
 */
export function commandsModel(lab: Omit<CommandWorld, 'hasTool'>): ModelEntry {
  async function move(options: LanguageModelV4CallOptions): Promise<CommandMove> {
    const toolNames = new Set((options.tools ?? []).map((tool) => tool.name))
    const { request, steps } = readTurn(options.prompt)
    return nextMove(request, steps, { ...lab, hasTool: (name) => toolNames.has(name) })
  }
  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'hwlab',
    modelId: 'commands',
    supportedUrls: {},
    async doGenerate(options) {
      const next = await move(options)
      const content =
        next.kind === 'say'
          ? [{ type: 'text' as const, text: next.text }]
          : [{ type: 'tool-call' as const, ...toolCall(next, options.prompt.length) }]
      return { content, finishReason: finishReason(next), usage: noUsage, warnings: [] }
    },
    async doStream(options) {
      const next = await move(options)
      const parts: LanguageModelV4StreamPart[] = [{ type: 'stream-start', warnings: [] }]
      if (next.kind === 'say') {
        parts.push({ type: 'text-start', id: 'answer' })
        parts.push({ type: 'text-delta', id: 'answer', delta: next.text })
        parts.push({ type: 'text-end', id: 'answer' })
      } else parts.push({ type: 'tool-call', ...toolCall(next, options.prompt.length) })
      parts.push({ type: 'finish', usage: noUsage, finishReason: finishReason(next) })
      return { stream: streamOf(parts) }
    },
  }
  const free = { inputUsdPerMillion: 0, outputUsdPerMillion: 0, imageUsd: 0 }
  return {
    ...{ key: 'commands', name: 'Commands', where: 'commands', tier: 0, capabilities: null },
    ...{ price: free, quirks: [], model },
  }
}

function streamOf(parts: LanguageModelV4StreamPart[]): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
}

function toolCall(move: Extract<CommandMove, { kind: 'call' }>, step: number) {
  return { toolCallId: `command-${step}`, toolName: move.tool, input: JSON.stringify(move.input) }
}

function finishReason(move: CommandMove) {
  return { unified: move.kind === 'say' ? ('stop' as const) : ('tool-calls' as const), raw: undefined }
}

/** The last thing that the person asked, and what was done about it since. */
function readTurn(prompt: LanguageModelV4Prompt): {
  request: ReturnType<typeof readRequest>
  steps: StepDone[]
} {
  const lastUser = prompt.findLastIndex((message) => message.role === 'user')
  const asked = prompt[lastUser]
  const text =
    asked?.role === 'user'
      ? asked.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
      : ''
  const steps = prompt.slice(lastUser + 1).flatMap((message): StepDone[] => {
    if (message.role !== 'tool') return []
    return message.content.flatMap((part): StepDone[] =>
      part.type === 'tool-result'
        ? [{ tool: part.toolName, text: part.output.type === 'text' ? part.output.value : '' }]
        : [],
    )
  })
  return { request: readRequest(text), steps }
}
