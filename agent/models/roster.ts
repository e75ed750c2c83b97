import type { Clock } from '../clock.ts'
import type { ConnectionView } from '../protocol.ts'
import type { Spend } from '../spend/open-spend.ts'
import type { ModelRecord, ModelRecordsTable } from '../store/model-records.ts'
import { isPlainlyCommand, parseCommand } from './command-grammar.ts'
import { listModels, type ServerState } from './list-models.ts'
import type { Capabilities, ModelChoice, ModelEntry } from './model-entry.ts'
import type { Providers } from './open-providers.ts'
import { probeModel } from './probe.ts'
import { protectedModel } from './protected-model.ts'
import type { ModelServer } from './providers.ts'

/** Probing may load a model: only the first few of a server are tried. */
const probedPerServerMax = 4

export interface RosterDeps {
  providers: Providers
  records: ModelRecordsTable
  clock: Clock
  fetch: typeof globalThis.fetch
  spend: Pick<Spend, 'metered'>
  commands: ModelEntry
  onChange(): void
}

/** The models that are there, each used for what it proved. */
export interface ModelRoster {
  commands: ModelEntry
  choose(turn: { text: string; hasPhotos: boolean }): ModelChoice
  /** A model that reads pictures, or null. */
  reader(): ModelEntry | null
  byKey(key: string): ModelEntry | null
  /** Every model that is there, without Commands. */
  entries(): ModelEntry[]
  views(): ConnectionView[]
  /** Looks for servers again and probes what is new. Never throws; a second call joins the first. */
  refresh(): Promise<void>
  close(): Promise<void>
}

interface Known {
  entry: ModelEntry
  record: ModelRecord
}

export function openModelRoster(deps: RosterDeps): ModelRoster {
  const stop = new AbortController()
  let states: { server: ModelServer; state: ServerState }[] = []
  let known: Known[] = []
  let probing: string | null = null
  let refreshing: Promise<void> | null = null

  async function look(): Promise<void> {
    states = await Promise.all(
      deps.providers
        .servers()
        .map(async (server) => ({ server, state: await listModels(server, deps.fetch) })),
    )
    const offered = states.flatMap(({ server, state }) =>
      state.kind === 'models'
        ? state.models.slice(0, probedPerServerMax).map((model) => ({ server, model }))
        : [],
    )
    const found: Known[] = []
    for (const { server, model } of offered) {
      if (stop.signal.aborted) return
      const key = `${server.id}/${model.id}`
      const about: Omit<ModelEntry, 'model'> = {
        key,
        name: `${model.id} (${server.name})`,
        where: server.where,
        tier: server.tier,
        capabilities: null,
        price:
          server.price ??
          (server.where === 'local' ? { inputUsdPerMillion: 0, outputUsdPerMillion: 0, imageUsd: 0 } : null),
        quirks: server.quirks,
      }
      const entryOf = (facts: Omit<ModelEntry, 'model'>): ModelEntry => ({
        ...facts,
        model: protectedModel(facts, { server, modelId: model.id, listsPrices: false }, deps),
      })
      const entry = entryOf(about)
      const record = deps.records.get(key, model.version) ?? (await probe(entry, model.version))
      if (record) found.push({ entry: entryOf({ ...about, capabilities: capabilitiesOf(record) }), record })
      known = [...found, ...known.filter((other) => isStillOffered(other.entry.key, found, offered))]
    }
    known = found
    deps.onChange()
  }

  async function probe(entry: ModelEntry, version: string): Promise<ModelRecord | null> {
    probing = entry.name
    deps.onChange()
    const proof = await probeModel(entry.model, stop.signal)
    probing = null
    if (proof.kind === 'no-answer') return null
    const { tools, vision, words } = proof
    const probedAtMs = deps.clock.nowMs()
    const record: ModelRecord = { modelKey: entry.key, version, tools, vision, words, probedAtMs }
    deps.records.put(record)
    return record
  }

  return {
    commands: deps.commands,
    choose({ text, hasPhotos }) {
      const { commands } = deps
      if (hasPhotos) {
        return {
          entry: commands,
          why: 'A photo is read step by step by code; no model decides anything here.',
        }
      }
      if (isPlainlyCommand(text)) return { entry: commands, why: 'This is a command; no model was needed.' }
      const talker = known.find(({ record }) => record.tools)
      if (talker) return { entry: talker.entry, why: `It is connected and ${talker.record.words}.` }
      const isCommand = parseCommand(text).kind !== 'unknown'
      const why = isCommand ? 'This is a command.' : 'No model that can use the tools is connected.'
      return { entry: commands, why }
    },
    reader: () => known.find(({ record }) => record.vision)?.entry ?? null,
    byKey: (key) => known.find(({ entry }) => entry.key === key)?.entry ?? null,
    entries: () => known.map(({ entry }) => entry),
    views: () => describe(states, known, probing),
    refresh() {
      refreshing ??= look().finally(() => {
        refreshing = null
      })
      return refreshing
    },
    async close() {
      stop.abort()
      await refreshing
    },
  }
}

function capabilitiesOf({ tools, vision }: ModelRecord): Capabilities {
  return {
    tools: tools ? 'streamed' : 'no',
    schema: false,
    smallestTextPixels: vision ? 84 : null,
    windowTokens: null,
    countsTokens: false,
    logprobs: false,
    tokensPerSecond: null,
  }
}

function isStillOffered(
  key: string,
  found: Known[],
  offered: { server: ModelServer; model: { id: string } }[],
): boolean {
  const isOffered = offered.some(({ server, model }) => `${server.id}/${model.id}` === key)
  return isOffered && !found.some(({ entry }) => entry.key === key)
}

const howToGetOne =
  'Start Ollama, LM Studio or llama-server on this machine and check again. Without one, photos, commands and labels still work; with one you can ask in your own words.'

function describe(
  states: { server: ModelServer; state: ServerState }[],
  known: Known[],
  probing: string | null,
): ConnectionView[] {
  const views = known.map(
    ({ entry, record }): ConnectionView => ({
      name: entry.name,
      stateWords: `${entry.where === 'cloud' ? 'In the cloud' : 'On this network'}; ${record.words}`,
      tone: record.tools || record.vision ? 'good' : 'muted',
      fix: null,
    }),
  )
  for (const { server, state } of states) {
    if (state.kind !== 'broken') continue
    const fix = `Something listens on ${server.baseUrl}, but ${state.why}. If it is your model server, look at its log.`
    views.push({ name: server.name, stateWords: 'Not usable', tone: server.apiKey ? 'bad' : 'muted', fix })
  }
  if (probing) views.push({ name: probing, stateWords: 'Being tried out…', tone: 'working', fix: null })
  if (known.length === 0 && !probing)
    views.unshift({ name: 'Models', stateWords: 'None connected', tone: 'muted', fix: howToGetOne })
  return views
}
