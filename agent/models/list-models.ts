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
  | Broken

/** Something is there that cannot be used. */
interface Broken {
  kind: 'broken'
  /** Completes "Something listens on …, but ". */
  why: string
  fix: string
  /** Until somebody changes something here. */
  isLasting: boolean
}

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
    if (key === anotherKey) return key
  }
  const isNamed = server.only.length > 0
  const offered = list.data.data.filter(({ id }) => (isNamed ? server.only.includes(id) : isChatModel(id)))
  const tried = isNamed ? offered : offered.slice(0, triedPerServerMax)
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
  return state.kind === 'absent' || (state.kind === 'broken' && !state.isLasting)
}

const lasting = (why: string, fix: string): Broken => ({ kind: 'broken', why, fix, isLasting: true })
const anotherKey = lasting(
  'it refuses the key',
  'Put a good key where this one came from, and check again. A variable that HWLab was started with changes only with a restart.',
)
const noKey = lasting(
  'it wants a key',
  'Name the key in the row of this server in models.json, with “keyFile” or “keyVariable”.',
)
const notAModelServer = lasting(
  'it does not answer as a model server',
  'The address of a model server usually ends in /v1.',
)
const sendsOn = lasting(
  'it sends on to another address',
  'HWLab does not go there, since your key would go with it. Write the address itself, which usually ends in /v1.',
)
const untrusted = lasting(
  'its certificate is not trusted',
  'Start HWLab with NODE_EXTRA_CA_CERTS and the file of your authority.',
)

async function askOnce(
  server: ModelServer,
  path: string,
  fetch: typeof globalThis.fetch,
): Promise<{ kind: 'json'; body: unknown } | { kind: 'absent' } | Broken> {
  let response: Response
  let text: string
  try {
    response = await fetch(`${server.baseUrl}${path}`, {
      headers: server.apiKey === null ? {} : { authorization: `Bearer ${server.apiKey}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(server.where === 'cloud' ? cloudTimeoutMs : listTimeoutMs),
    })
    text = await response.text()
  } catch (error) {
    return isAboutCertificate(error) ? untrusted : { kind: 'absent' }
  }
  const { status } = response
  if (status === 401 || status === 403) return server.apiKey === null ? noKey : anotherKey
  if (status >= 300 && status < 400) return sendsOn
  try {
    const body: unknown = JSON.parse(text)
    if (response.ok) return { kind: 'json', body }
  } catch {
    return notAModelServer
  }
  const fix = 'If it is your model server, look at its log.'
  return { kind: 'broken', why: `it fails (HTTP ${status})`, fix, isLasting: false }
}

/** Node's `fetch` says why in the cause. */
function isAboutCertificate(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && /CERT|SELF_SIGNED|VERIFY_LEAF/.test(String(cause.code))
}

/** Servers list embedding, speech and reranking models beside the ones that talk. */
function isChatModel(id: string): boolean {
  return !/embed|rerank|whisper|tts|bge-|clip/i.test(id)
}
