import { z } from 'zod'
import type { ModelServer } from './providers.ts'
import { listedFacts } from './servers/openrouter.ts'
import { readFacts } from './servers/read-facts.ts'
import { type ModelFacts, noFacts, type ServerSoftware } from './servers/server-software.ts'

const listTimeoutMs = 1000
const cloudTimeoutMs = 5000
/** Trying a model may load it: only the first few are, unless a person names others. */
const triedPerServerMax = 4

export interface ListedModel {
  id: string
  /** Changes when the server has another build of the model, so that it is probed again. */
  version: string
  facts: ModelFacts
}

export type ServerState =
  | {
      kind: 'models'
      models: ListedModel[]
      /** null: a program that says nothing of itself. */
      software: ServerSoftware | null
      /** Named by a person, and not there. */
      missing: string[]
      /** Listed and left alone. */
      untried: number
    }
  | { kind: 'absent' }
  | { kind: 'broken'; why: string }

const listSchema = z.object({
  // `created` is no help: llama-server and others write the time of the question there (llama.cpp tools/server).
  data: z.array(z.looseObject({ id: z.string().min(1).max(200) })),
})

/** `GET /models`, and what the server says about them elsewhere. Never throws. */
export async function listModels(server: ModelServer, fetch: typeof globalThis.fetch): Promise<ServerState> {
  const page = await askOnce(server, '/models', fetch)
  if (page.kind !== 'json') return page
  const list = listSchema.safeParse(page.body)
  if (!list.success) return notAModelServer
  if (server.where === 'cloud' && server.apiKey !== null) {
    // OpenRouter lists its models without looking at the key; other servers have no such page.
    const key = await askOnce(server, '/key', fetch)
    if (key.kind === 'broken' && key.why === anotherKey) return key
  }
  const usable = list.data.data.filter(({ id }) => isChatModel(id))
  const offered = server.only.length === 0 ? usable : usable.filter(({ id }) => server.only.includes(id))
  const tried = server.only.length === 0 ? offered.slice(0, triedPerServerMax) : offered
  const ids = tried.map(({ id }) => id)
  const facts = await readFacts(server, ids, fetch)
  const models = tried.map((listed): ListedModel => {
    const said = { ...noFacts, ...listedFacts(listed), ...facts?.models.get(listed.id) }
    return { id: listed.id, version: said.version ?? '', facts: said }
  })
  return {
    ...{ kind: 'models', models, software: facts?.software ?? null, untried: offered.length - tried.length },
    missing: server.only.filter((id) => !ids.includes(id)),
  }
}

/** Not there now; it may be again without anybody changing anything here. */
export function mayComeBack(state: ServerState): boolean {
  if (state.kind !== 'broken') return state.kind === 'absent'
  return state.why !== anotherKey && state.why !== notAModelServer.why
}

const anotherKey = 'it refuses the key'
const notAModelServer = {
  kind: 'broken',
  why: 'it does not answer as a model server',
} as const

async function askOnce(
  server: ModelServer,
  path: string,
  fetch: typeof globalThis.fetch,
): Promise<{ kind: 'json'; body: unknown } | { kind: 'absent' } | { kind: 'broken'; why: string }> {
  let response: Response
  let text: string
  try {
    response = await fetch(`${server.baseUrl}${path}`, {
      headers: server.apiKey === null ? {} : { authorization: `Bearer ${server.apiKey}` },
      redirect: 'error',
      signal: AbortSignal.timeout(server.where === 'cloud' ? cloudTimeoutMs : listTimeoutMs),
    })
    text = await response.text()
  } catch {
    return { kind: 'absent' }
  }
  if (response.status === 401 || response.status === 403) return { kind: 'broken', why: anotherKey }
  try {
    const body: unknown = JSON.parse(text)
    return response.ok
      ? { kind: 'json', body }
      : { kind: 'broken', why: `it fails (HTTP ${response.status})` }
  } catch {
    return notAModelServer
  }
}

/** Servers list embedding, speech and reranking models beside the ones that talk. */
function isChatModel(id: string): boolean {
  return !/embed|rerank|whisper|tts|bge-|clip/i.test(id)
}
