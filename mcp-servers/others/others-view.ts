import type { Clock } from '../serving/clock.ts'
import type { ForeignCall } from './foreign-calls.ts'
import type { ForeignServer, ForeignTool } from './foreign-server.ts'
import { offeredSchema } from './offered-schema.ts'
import { plainLine } from './plain-text.ts'
import type { ServerEntry } from './servers-file.ts'
import type { Policy, Standing } from './tool-policies.ts'
import { claimsOf, isDestructive, type ShapeDifference } from './tool-shape.ts'

type Tone = 'good' | 'working' | 'bad' | 'muted'

export interface ForeignToolView {
  tool: string
  fingerprint: string
  /** In the words of its server, cut. */
  description: string
  claims: string[]
  policy: Policy
  policyWords: string
  /** Why it can never be allowed beforehand; null: it can. */
  whyNotAllow: string | null
  drift: ShapeDifference[]
}

interface ForeignServerView {
  name: string
  stateWords: string
  tone: Tone
  fix: string | null
  canTryAgain: boolean
  tools: ForeignToolView[]
}

export interface OthersView {
  /** Where the servers are named. */
  path: string
  fileWords: string
  fileTone: Tone
  fileFix: string | null
  servers: ForeignServerView[]
  /** Calls that may have happened: a person says. */
  doubtful: { callId: string; words: string; sent: string }[]
}

const descriptionMax = 300

export function serverView(
  server: ForeignServer,
  standingOf: (tool: ForeignTool) => Standing,
  clock: Clock,
): ForeignServerView {
  const state = server.state()
  const tools = server.tools().map((tool) => toolView(tool, standingOf(tool), clock))
  const shown = { name: server.name, tools, canTryAgain: state.kind === 'away' }
  if (state.kind === 'connecting') return { ...shown, stateWords: 'Connecting…', tone: 'working', fix: null }
  if (state.kind === 'away') {
    const again = `It is tried again at ${clockTime(state.againAtMs)}.`
    return { ...shown, stateWords: 'Not connected', tone: 'bad', fix: `${state.why} ${again}` }
  }
  const left = server.leftOut()
  const fix =
    left === 0 ? null : `${left} more of its tools cannot be used: they are too many, or not well formed.`
  return { ...shown, stateWords: counted(tools.length), tone: 'good', fix }
}

/** An entry that never was connected. */
export function entryView({ name, why, kind }: Exclude<ServerEntry, { kind: 'good' }>): ForeignServerView {
  const facts = { name, fix: why, canTryAgain: false, tools: [] }
  return kind === 'off'
    ? { ...facts, stateWords: 'Off', tone: 'muted' }
    : { ...facts, stateWords: 'Wrong in the file', tone: 'bad' }
}

export function doubtfulView({
  id,
  server,
  tool,
  words,
  arguments: sent,
}: ForeignCall): OthersView['doubtful'][number] {
  return { callId: id, words: `${plainLine(tool, 64)} of ${server}. ${words}`, sent: plainLine(sent, 500) }
}

function toolView(tool: ForeignTool, standing: Standing, clock: Clock): ForeignToolView {
  const { shape, fingerprint } = tool
  const cannotBeTold = offeredSchema(shape.inputSchema) === null
  return {
    tool: shape.name,
    fingerprint,
    description: plainLine(shape.description ?? '', descriptionMax),
    claims: cannotBeTold
      ? [...claimsOf(shape), 'has arguments that HWLab cannot pass on, so it is not offered']
      : claimsOf(shape),
    policy: standing.policy,
    policyWords: policyWords(standing, clock),
    whyNotAllow: isDestructive(shape) ? 'It says that it can destroy, so you are asked each time.' : null,
    drift: standing.drift ?? [],
  }
}

function policyWords({ policy, drift, decidedBy, decidedAtMs }: Standing, clock: Clock): string {
  const by =
    decidedBy === null || decidedAtMs === null ? '' : `, by ${decidedBy} on ${day(decidedAtMs, clock)}`
  if (drift) return `Asked for: it changed since it was allowed${by}`
  if (policy === 'allow') return `Allowed as it is now${by}`
  return policy === 'never' ? `Never called${by}` : `Asked for each time${by}`
}

function day(atMs: number, clock: Clock): string {
  const sameYear = new Date(atMs).getFullYear() === new Date(clock.nowMs()).getFullYear()
  const year = sameYear ? {} : ({ year: 'numeric' } as const)
  return new Date(atMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })
}

/** Of the operator's clock: this machine's. */
export function clockTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}

function counted(tools: number): string {
  return tools === 1 ? '1 tool' : `${tools} tools`
}
