import type { ModelFindingsTable } from '../store/model-findings.ts'
import type { ListedModel } from './list-models.ts'
import type { ModelEntry } from './model-entry.ts'
import type { Gate } from './one-at-a-time.ts'
import type { ProbeStep } from './probe/probe-subject.ts'
import { probeVersion, stepsLeft, windowFindings } from './probe/prove-model.ts'
import type { ModelLine } from './protected-model.ts'
import { provedCapabilities } from './proved-capabilities.ts'
import { isFoundByItself, type ModelServer } from './providers.ts'
import type { ServerSoftware } from './servers/server-software.ts'

/** A model that a server offers, with what is known about it so far. */
export interface Candidate {
  key: string
  version: string
  server: ModelServer
  software: ServerSoftware | null
  listed: ListedModel
  found: Map<string, number | null>
}

export function toCandidate(
  server: ModelServer,
  software: ServerSoftware | null,
  listed: ListedModel,
  records: ModelFindingsTable,
): Candidate {
  const key = `${server.id}/${listed.id}`
  const version = `${probeVersion} ${server.baseUrl} ${listed.version}`
  const found = records.get(key, version)
  const { windowTokens } = listed.facts
  if (windowTokens !== null && found.has('window-claimed') && found.get('window-claimed') !== windowTokens) {
    // Somebody gave it another window: what it held before says nothing.
    records.forget(key, version, windowFindings)
    for (const name of windowFindings) found.delete(name)
  }
  return { key, version, server, software, listed, found }
}

/** A cloud model whose server says what it can is not tried with money: its use shows it. */
export function stepsFor({ listed, server, found }: Candidate): ProbeStep[] {
  return listed.facts.claims ? [] : stepsLeft(found, server.where)
}

/** A turn needs to know whether it calls tools; all else may be found out later. */
export function isUsable({ listed, found }: Candidate): boolean {
  return listed.facts.claims !== null || found.has('tools')
}

const free = { inputUsdPerMillion: 0, outputUsdPerMillion: 0, imageUsd: 0 }

export function aboutModel({ key, server, software, listed, found }: Candidate): Omit<ModelEntry, 'model'> {
  return {
    key,
    name: `${listed.id} (${placeName(server, software)})`,
    where: server.where,
    tier: server.tier,
    capabilities: provedCapabilities(found, listed.facts, server.quirks),
    price: server.price ?? listed.facts.price ?? (server.where === 'local' ? free : null),
    quirks: server.quirks,
  }
}

/** Several programs share a port: what answers there says which one it is. */
function placeName(server: ModelServer, software: ServerSoftware | null): string {
  if (!isFoundByItself(server)) return server.name
  return software?.name ?? `port ${new URL(server.baseUrl).port}`
}

export function lineTo({ server, listed }: Candidate, gate: Gate): ModelLine {
  return {
    ...{ server, modelId: listed.id, listsPrices: listed.facts.claims !== null },
    ollamaWindowTokens: listed.facts.ollamaWindowTokens,
    gate: server.where === 'local' ? gate : null,
  }
}
