import { z } from 'zod'
import type { ModelServer } from './providers.ts'

const listTimeoutMs = 1000
const cloudTimeoutMs = 5000
const listedMax = 50

export interface ListedModel {
  id: string
  /** Changes when the server has another build of the model, so that it is probed again. */
  version: string
}

export type ServerState =
  | { kind: 'models'; models: ListedModel[] }
  /** Nothing listens there: not worth a word to the person. */
  | { kind: 'absent' }
  | { kind: 'broken'; why: string }

const listSchema = z.object({
  data: z.array(z.looseObject({ id: z.string().min(1).max(200), created: z.number().optional() })),
})

/** `GET /models`. Never throws. */
export async function listModels(server: ModelServer, fetch: typeof globalThis.fetch): Promise<ServerState> {
  const timeoutMs = server.where === 'cloud' ? cloudTimeoutMs : listTimeoutMs
  let response: Response
  let body: unknown
  try {
    response = await fetch(`${server.baseUrl}/models`, {
      headers: server.apiKey ? { authorization: `Bearer ${server.apiKey}` } : {},
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
  } catch {
    return { kind: 'absent' }
  }
  try {
    body = await response.json()
  } catch {
    return { kind: 'broken', why: 'it does not answer as a model server' }
  }
  if (response.status === 401 || response.status === 403)
    return { kind: 'broken', why: 'it wants another key' }
  if (!response.ok) return { kind: 'broken', why: `it fails (HTTP ${response.status})` }
  const list = listSchema.safeParse(body)
  if (!list.success) return { kind: 'broken', why: 'it does not answer as a model server' }
  const usable = list.data.data.filter(({ id }) => isChatModel(id) && isOffered(server, id))
  const models = usable.slice(0, listedMax).map(({ id, created }) => ({ id, version: String(created ?? '') }))
  return { kind: 'models', models }
}

/** Servers list embedding, speech and reranking models beside the ones that talk. */
function isChatModel(id: string): boolean {
  return !/embed|rerank|whisper|tts|bge-|clip/i.test(id)
}

function isOffered(server: ModelServer, id: string): boolean {
  return server.only.length === 0 || server.only.includes(id)
}
