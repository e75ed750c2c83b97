import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Clock } from '../clock.ts'
import type { ConnectionView } from '../protocol/connections.ts'
import type { Answer } from '../protocol.ts'
import type { Spend } from '../spend/open-spend.ts'
import type { ModelFindingsTable } from '../store/model-findings.ts'
import { aboutModel, type Candidate, isUsable, lineTo, stepsFor, toCandidate } from './candidate.ts'
import { countingModel } from './counting-model.ts'
import { listModels, mayComeBack } from './list-models.ts'
import type { ModelEntry } from './model-entry.ts'
import { describeFailure, type ModelFailure } from './model-failure.ts'
import { type LookedAt, modelViews } from './model-views.ts'
import { type Gate, openGate } from './one-at-a-time.ts'
import type { Providers } from './open-providers.ts'
import { proveModel } from './probe/prove-model.ts'
import { probeSubject } from './probe/subject-of.ts'
import { protectedModel } from './protected-model.ts'
import { isFoundByItself, type ModelServer } from './providers.ts'

/** A server that was there once, or that a person named, is looked for again after so long. */
const lookAgainMs = 60_000

export interface RosterDeps {
  providers: Pick<Providers, 'servers'>
  findings: ModelFindingsTable
  clock: Clock
  fetch: typeof globalThis.fetch
  spend: Pick<Spend, 'metered'>
  commands: ModelEntry
  onChange(): void
}

/** The models that are there, each used for what it proved. */
export interface ModelRoster {
  commands: ModelEntry
  /** A model that reads pictures and may, or null. */
  reader(may: (entry: ModelEntry) => boolean): ModelEntry | null
  /** One that costs nothing and stays on this network, or null. */
  ownModel(): ModelEntry | null
  byKey(key: string): ModelEntry | null
  /** Every model that is there, without Commands. */
  entries(): ModelEntry[]
  /** Counts a prompt before it is sent; null: its server cannot. */
  counter(key: string): LanguageModelV4 | null
  /** How a person gives it a window of that many tokens. Completes "It reads 4,096 tokens: "; null: not known. */
  windowFix(key: string, tokens: number): string | null
  views(): ConnectionView[]
  /** Looks for servers again, then tries what is new in the background. Never throws; a call while it looks makes it look once more. */
  refresh(): Promise<void>
  /** Forgets what the model showed, and tries it anew. */
  tryAgain(key: string): Answer<Record<string, never>>
  /** A call failed in use: is the model still there, and the key still good? */
  noteFailure(error: unknown): void
  close(): Promise<void>
}

export function openModelRoster(deps: RosterDeps): ModelRoster {
  const stop = new AbortController()
  const gates = new Map<string, Gate>()
  /** Why a model did not answer when it was tried. */
  const troubles = new Map<string, ModelFailure>()
  let looked: LookedAt[] = []
  let candidates: Candidate[] = []
  let entries: ModelEntry[] = []
  let trying: { key: string; words: string } | null = null
  let looking: Promise<void> | null = null
  let isStale = false
  let cancelLook = () => {}
  const onceThere = new Set<string>()
  let proving: Promise<void> | null = null

  function gateOf({ baseUrl }: ModelServer): Gate {
    const gate = gates.get(baseUrl) ?? openGate()
    gates.set(baseUrl, gate)
    return gate
  }
  function rebuild(): void {
    entries = candidates.filter(isUsable).map((candidate) => {
      const about = aboutModel(candidate)
      const line = lineTo(candidate, gateOf(candidate.server))
      return { ...about, model: protectedModel(about, line, deps) }
    })
    deps.onChange()
  }

  const fetchUntilClosed: typeof globalThis.fetch = (input, init) =>
    deps.fetch(input, {
      ...init,
      signal: init?.signal ? AbortSignal.any([init.signal, stop.signal]) : stop.signal,
    })

  async function look(): Promise<void> {
    do {
      isStale = false
      const servers = deps.providers.servers()
      looked = await Promise.all(
        servers.map(async (server) => ({ server, state: await listModels(server, fetchUntilClosed) })),
      )
    } while (isStale && !stop.signal.aborted)
    if (stop.signal.aborted) return
    lookForTheMissing()
    candidates = looked.flatMap(({ server, state }) =>
      state.kind === 'models'
        ? state.models.map((listed) => toCandidate(server, state.software, listed, deps.findings))
        : [],
    )
    troubles.clear()
    rebuild()
    proveInBackground()
  }

  /** Servers are started after HWLab, updated, and put to sleep. */
  function lookForTheMissing(): void {
    for (const { server, state } of looked) if (state.kind === 'models') onceThere.add(server.baseUrl)
    const missing = looked.filter(
      ({ server, state }) =>
        mayComeBack(state) && (onceThere.has(server.baseUrl) || !isFoundByItself(server)),
    )
    lookLater(missing)
  }
  function lookLater(missing: LookedAt[]): void {
    cancelLook()
    if (missing.length > 0) cancelLook = deps.clock.after(lookAgainMs, () => lookFor(missing))
  }
  async function lookFor(missing: LookedAt[]): Promise<void> {
    const states = await Promise.all(missing.map(({ server }) => listModels(server, fetchUntilClosed)))
    if (stop.signal.aborted) return
    if (states.every(mayComeBack)) lookLater(missing)
    else await refresh()
  }

  function nextToProve(): Candidate | undefined {
    if (stop.signal.aborted) return
    return candidates.find((one) => !troubles.has(one.key) && stepsFor(one).length > 0)
  }
  function proveInBackground(): void {
    proving ??= proveAll().finally(() => {
      proving = null
      // Something may have come up since the last one was looked for.
      if (nextToProve()) proveInBackground()
    })
  }
  async function proveAll(): Promise<void> {
    for (let next = nextToProve(); next; next = nextToProve()) await prove(next)
  }
  async function prove(candidate: Candidate): Promise<void> {
    const { key, version } = candidate
    const subject = probeSubject(candidate, gateOf(candidate.server), deps, stop.signal)
    const end = await proveModel(stepsFor(candidate), subject, {
      trying(words) {
        trying = { key, words }
        deps.onChange()
      },
      found(findings) {
        if (stop.signal.aborted) return
        deps.findings.put(key, version, findings, deps.clock.nowMs())
        for (const one of candidates)
          if (one.key === key && one.version === version)
            for (const { name, value } of findings) one.found.set(name, value)
        for (const { name, value } of findings) candidate.found.set(name, value)
        rebuild()
      },
    })
    trying = null
    if (end.kind === 'no-answer') troubles.set(key, end.failure)
    if (end.kind !== 'stopped') deps.onChange()
  }

  function refresh(): Promise<void> {
    if (looking) isStale = true
    looking ??= look().finally(() => {
      looking = null
    })
    return looking
  }

  return {
    commands: deps.commands,
    reader: (may) =>
      entries.find((entry) => entry.capabilities?.smallestTextPixels != null && may(entry)) ?? null,
    byKey: (key) => entries.find((entry) => entry.key === key) ?? null,
    ownModel: () => entries.find(({ where }) => where === 'local') ?? null,
    entries: () => entries,
    counter(key) {
      const candidate = candidates.find((one) => one.key === key)
      if (!candidate || !aboutModel(candidate).capabilities?.countsTokens) return null
      return countingModel(candidate.server, candidate.listed.id, deps.fetch)
    },
    windowFix(key, tokens) {
      const candidate = candidates.find((one) => one.key === key)
      return candidate?.software?.windowFix(tokens, candidate.listed.id) ?? null
    },
    views: () => modelViews({ looked, candidates, troubles, trying }),
    refresh,
    tryAgain(key) {
      const candidate = candidates.find((one) => one.key === key)
      if (!candidate)
        return { kind: 'refused', why: 'That model is not there any more. Press “Check again”.' }
      if (trying?.key === key) return { kind: 'refused', why: 'It is being tried just now.' }
      deps.findings.forget(key, candidate.version, [...candidate.found.keys()])
      candidate.found.clear()
      troubles.delete(key)
      rebuild()
      proveInBackground()
      return { kind: 'ok', value: {} }
    },
    noteFailure(error) {
      const { kind } = describeFailure(error)
      if (kind === 'refused' || kind === 'unreachable' || kind === 'not-a-model-server') refresh()
    },
    async close() {
      stop.abort()
      cancelLook()
      await Promise.all([looking, proving])
    },
  }
}
