import type { ModelServer } from '../providers.ts'
import { llamaServer } from './llama-server.ts'
import { lmStudio } from './lm-studio.ts'
import { olderOllama, ollama } from './ollama.ts'
import { omlx } from './omlx.ts'
import type { AskPage, ModelFacts, ServerSoftware } from './server-software.ts'
import { vllm } from './vllm.ts'

const pageTimeoutMs = 2000

/** Servers copy each other's pages: the one with the most particular page is asked first. */
const programs: ServerSoftware[] = [ollama, olderOllama, lmStudio, llamaServer, omlx, vllm]

export interface ServerFacts {
  software: ServerSoftware
  models: Map<string, Partial<ModelFacts>>
}

/** Asks a local server what it is and what it has loaded. null: a program that says nothing. Never throws. */
export async function readFacts(
  server: ModelServer,
  ids: string[],
  fetch: typeof globalThis.fetch,
): Promise<ServerFacts | null> {
  if (server.where === 'cloud') return null
  const ask = askPageOf(server, fetch)
  for (const software of programs) {
    const models = await software.read(ask, ids, server.windowTokens)
    if (models) return { software, models }
  }
  return null
}

export function askPageOf(server: ModelServer, fetch: typeof globalThis.fetch): AskPage {
  const root = server.baseUrl.replace(/\/v1$/, '')
  return async (path, body) => {
    try {
      const response = await fetch(`${root}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          'content-type': 'application/json',
          ...(server.apiKey === null ? {} : { authorization: `Bearer ${server.apiKey}` }),
        },
        redirect: 'error',
        signal: AbortSignal.timeout(pageTimeoutMs),
      })
      const answer: unknown = await response.json()
      return response.ok ? answer : null
    } catch {
      return null
    }
  }
}
