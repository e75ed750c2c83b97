import type { ModelMessage } from 'ai'
import { type ContextKeeper, openContext } from '../../agent/context/turn-context.ts'
import { type MessageWriter, startMessage } from '../../agent/conversation/message-writer.ts'
import { runTurn, stepsMax, type TurnOutcome } from '../../agent/conversation/turn.ts'
import { countingModel } from '../../agent/models/counting-model.ts'
import type { ModelEntry } from '../../agent/models/model-entry.ts'
import { bareModel, type ModelServer } from '../../agent/models/providers.ts'
import { conversationsTable } from '../../agent/store/conversations.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { tokenCorrectionsTable } from '../../agent/store/token-corrections.ts'
import { toolResultsTable } from '../../agent/store/tool-results.ts'
import { readOutcome } from '../../agent/tools/call-outcome.ts'
import type { Toolbox, ToolCard } from '../../agent/tools/toolbox.ts'
import type { DialectServer } from '../../evals/models/open-dialect-server.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import { loadPrompt } from '../../prompts/load-prompt.ts'

/** One model on loopback, asked turn after turn without routing and without a web around it. */
export interface ModelTalk {
  database: LabDatabase
  context: ContextKeeper
  /** Arguments of the calls that ran. */
  called: unknown[]
  turn(history: ModelMessage[]): Promise<{ outcome: TurnOutcome; writer: MessageWriter }>
  close(): void
}

export function openModelTalk(
  server: DialectServer,
  options: {
    windowTokens: number | null
    tools?: number
    /** Text of a tool's answer. */
    answer?: (args: Record<string, unknown>) => string
    countsTokens?: boolean
  },
): ModelTalk {
  const database = openDatabase(':memory:', [agentMigrations])
  const modelServer: ModelServer = {
    ...{ id: 'test', name: 'Ollama', baseUrl: server.baseUrl, apiKey: null, where: 'local', tier: 1 },
    ...{ only: [], price: null, quirks: [], windowTokens: null },
  }
  const conversationId = conversationsTable(database).create('Test', 0).id
  const instructions = {
    full: loadPrompt('advisor', { operator: 'the operator' }),
    short: loadPrompt('advisor-short', { operator: 'the operator' }),
  }
  const context = openContext({
    ...{ instructions, clock: systemClock, facts: { lines: () => [], withhold: (messages) => messages } },
    corrections: tokenCorrectionsTable(database),
    results: toolResultsTable(database),
    models: {
      counter: () => (options.countsTokens ? countingModel(modelServer, 'scripted', globalThis.fetch) : null),
      windowFix: (_, tokens) => `set \`OLLAMA_CONTEXT_LENGTH=${tokens}\` and start Ollama again.`,
    },
  })
  const entry: ModelEntry = {
    ...{ key: 'test/scripted', name: 'scripted (Ollama)', where: 'local', tier: 1, price: null, quirks: [] },
    model: bareModel(modelServer, 'scripted', globalThis.fetch),
    capabilities: {
      ...{ tools: 'streamed', schema: false, smallestTextPixels: null, countsTokens: false, logprobs: false },
      ...{ windowTokens: options.windowTokens, tokensPerSecond: null },
    },
  }
  const called: unknown[] = []
  const toolbox = toolboxOf(cardsOf(options.tools ?? 2), (args) => {
    called.push(args)
    return options.answer?.(args) ?? 'Nothing is found.'
  })
  let turns = 0
  return {
    ...{ database, context, called },
    async turn(history) {
      turns += 1
      const id = `message-${turns}`
      const message = { id, role: 'advisor', createdAt: '', parts: [], answeredBy: null } as const
      const log = { append() {}, flush() {}, lastSeq: () => 0 }
      const writer = startMessage({ ...message, parts: [] }, log, () => systemClock.nowMs())
      const outcome = await runTurn({
        ...{ conversationId, entry, context, history, writer, toolbox, stepsMax: stepsMax.usual },
        ...{ said: [], clock: systemClock, cancels: new Map() },
        query: { queryId: id, conversationId },
        signal: new AbortController().signal,
        onWaiting() {},
        onAnswer() {},
        onFault() {},
      })
      return { outcome, writer }
    },
    close: () => database.close(),
  }
}

function cardsOf(count: number): ToolCard[] {
  return Array.from({ length: count }, (_, at) => ({
    name: at === 0 ? 'netbox_find_item' : `netbox_write_${at}`,
    server: 'netbox',
    tool: at === 0 ? 'find_item' : `write_${at}`,
    title: at === 0 ? 'Find' : `Write ${at}`,
    description: 'Works on what is recorded: devices, modules, cables, racks and the places they are in.',
    inputSchema: {
      type: 'object',
      properties: { text: { type: 'string', description: 'Tag, serial number, model or words of the name' } },
    },
    readOnly: at === 0,
  }))
}

function toolboxOf(cards: ToolCard[], answer: (args: Record<string, unknown>) => string): Toolbox {
  return {
    cards,
    card: (name) => cards.find((card) => card.name === name) ?? null,
    call: async (_, args) => readOutcome({ text: answer(args), structured: undefined, isError: false }),
    resume: async () => ({ kind: 'refused', why: 'Nothing waits here.' }),
    async close() {},
  }
}
