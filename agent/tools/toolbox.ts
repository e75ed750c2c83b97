import { SdkError, SdkErrorCode, type Tool } from '@modelcontextprotocol/client'
import type { CallOutcome } from './call-outcome.ts'
import type { CallOptions, ConnectedServer, ServerEndpoint } from './connect-server.ts'
import { type CallLimits, callLimits, connectServer } from './connect-server.ts'
import { type ForeignTools, openForeignTools } from './foreign-tools.ts'

/** One tool as a model sees it. */
export interface ToolCard {
  /** `netbox_find_item`: unique over all servers. */
  name: string
  server: string
  tool: string
  title: string
  description: string
  inputSchema: Tool['inputSchema']
  /** The server says that it changes nothing. Only a server of ours is believed. */
  readOnly: boolean
  /** Its answers carry text that others wrote. */
  isOutside?: boolean
  /** Of an MCP server that somebody else runs. */
  isForeign?: boolean
}

/** On whose behalf a model calls. */
export interface Asker {
  conversationId: string
  modelName: string
  where: 'commands' | 'local' | 'cloud'
  /** What the person wrote in this conversation, message by message. */
  said: string[]
}
export interface ToolCallOptions extends CallOptions {
  asker?: Asker
  /** What the model reads here holds nothing that others wrote: only then a tool that a person allowed runs by itself. */
  isClean?: boolean
}

/** Every connected server's tools. Never throws on a call: a server that fails is an outcome with a sentence. */
export interface Toolbox {
  cards: ToolCard[]
  /** Beside `cards`: they are chosen for each message. */
  foreign?: Pick<ForeignTools, 'cards' | 'refresh'>
  /** One line for the model about what is not among its tools. */
  note?: string | null
  card(name: string): ToolCard | null
  call(name: string, args: Record<string, unknown>, options: ToolCallOptions): Promise<CallOutcome>
  resume(
    call: { server: string; tool: string; args: Record<string, unknown> },
    decided: { changeId: string; requestState: string | null },
  ): Promise<CallOutcome>
  close(): Promise<void>
}

/** Tools for code, not for a model: the outcome of a change and the reader's notes reach it by other ways. */
const hiddenTools = new Set(['change_status', 'add_reading'])

export async function openToolbox(
  endpoints: ServerEndpoint[],
  options: {
    version: string
    limits?: CallLimits
    /** The gate to MCP servers of others. */
    others?: ServerEndpoint | null
    onFailure: (error: unknown, about: { server: string; tool: string }) => void
  },
): Promise<Toolbox> {
  const { limits = callLimits } = options
  const servers = await Promise.all(
    endpoints.map((endpoint) => connectServer(endpoint, options.version, limits)),
  )
  const foreign = options.others ? await openForeignTools(options.others, options.version, limits) : null
  const all = (await Promise.all(servers.map(listCards))).flat()
  const byName = new Map(all.map((card) => [card.name, card]))

  async function guarded(
    about: { server: string; tool: string },
    work: (server: ConnectedServer) => Promise<CallOutcome>,
    signal?: AbortSignal,
  ): Promise<CallOutcome> {
    const server = servers.find((candidate) => candidate.name === about.server) ?? foreign?.gate
    if (!server) return { kind: 'refused', why: `The ${about.server} server is not connected.` }
    try {
      return await work(server)
    } catch (error) {
      if (signal?.aborted) return { kind: 'refused', why: 'Stopped.' }
      options.onFailure(error, about)
      if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout)
        return { kind: 'refused', why: lateWords(about) }
      return { kind: 'refused', why: `The ${about.server} server did not answer. Try again.` }
    }
  }

  async function callForeign(
    name: string,
    args: Record<string, unknown>,
    { asker, isClean = false, ...rest }: ToolCallOptions,
  ): Promise<CallOutcome> {
    const card = foreign?.card(name)
    if (!card) return { kind: 'refused', why: `There is no tool named ${name}.` }
    const meta = { 'hwlab/conversation': asker?.conversationId ?? null, 'hwlab/clean': isClean }
    return guarded(card, (server) => server.call(name, args, { ...rest, meta }), rest.signal)
  }

  return {
    cards: all.filter((card) => !hiddenTools.has(card.tool)),
    ...(foreign ? { foreign } : {}),
    card: (name) => byName.get(name) ?? foreign?.card(name) ?? null,
    async call(name, args, callOptions) {
      const card = byName.get(name)
      if (!card) return callForeign(name, args, callOptions)
      return guarded(card, (server) => server.call(card.tool, args, callOptions), callOptions.signal)
    },
    resume: (call, decided) =>
      guarded(call, (server) => {
        const { signal } = new AbortController()
        const tool = server === foreign?.gate ? `${call.server}_${call.tool}` : call.tool
        if (decided.requestState) return server.resume(tool, call.args, decided.requestState, signal)
        const about = { change_id: decided.changeId }
        return server.call('change_status', about, { signal, onProgress: () => {} })
      }),
    async close() {
      await Promise.all([...servers, ...(foreign ? [foreign.gate] : [])].map((server) => server.close()))
    },
  }
}

function lateWords({ server, tool }: { server: string; tool: string }): string {
  return `“${tool}” of the ${server} server did not come to an end and was stopped, so its answer is not known. Look before you ask again: it may have done something.`
}

async function listCards(server: ConnectedServer): Promise<ToolCard[]> {
  const tools = await server.listTools()
  return tools
    .map((tool) => ({
      name: `${server.name}_${tool.name}`,
      server: server.name,
      tool: tool.name,
      title: tool.title ?? tool.name,
      description: tool.description ?? '',
      inputSchema: tool.inputSchema,
      readOnly: tool.annotations?.readOnlyHint === true,
      isOutside: tool.annotations?.openWorldHint === true,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}
