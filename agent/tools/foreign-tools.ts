import {
  type CallLimits,
  type ConnectedServer,
  connectServer,
  type ServerEndpoint,
} from './connect-server.ts'
import type { ToolCard } from './toolbox.ts'

/** The tools of MCP servers of others. They come and go, and all are reached through one gate of the lab. */
export interface ForeignTools {
  gate: ConnectedServer
  /** As they were when they were last read. */
  cards(): ToolCard[]
  card(name: string): ToolCard | null
  refresh(): Promise<void>
}

export async function openForeignTools(
  endpoint: ServerEndpoint,
  version: string,
  limits: CallLimits,
): Promise<ForeignTools> {
  const gate = await connectServer(endpoint, version, limits)
  let cards: ToolCard[] = []

  async function refresh(): Promise<void> {
    const tools = await gate.listTools()
    cards = tools.map((tool) => {
      const server = String(tool._meta?.['hwlab/server'] ?? '')
      return {
        ...{ name: tool.name, server, tool: tool.name.slice(server.length + 1) },
        ...{ title: tool.title ?? tool.name, description: tool.description ?? '' },
        ...{ inputSchema: tool.inputSchema, readOnly: false, isForeign: true },
      }
    })
  }
  return {
    gate,
    refresh,
    cards: () => cards,
    card: (name) => cards.find((card) => card.name === name) ?? null,
  }
}
