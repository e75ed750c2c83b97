import { z } from 'zod'

/** What a person decides on. Rows live in `change_requests` and `change_steps`. */

export const cardLineSchema = z.object({
  label: z.string(),
  /** null: there is nothing there now. */
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type CardLine = z.infer<typeof cardLineSchema>

export interface PlannedStep {
  /** Names the executor, `<server>.<verb_noun>`, for example `netbox.create_item` or `devices.print_label`. */
  kind: string
  title: string
  /** Exactly what will be executed; JSON. The digest covers it. */
  payload: unknown
  /** Index of the step that must be done first, or null. */
  waitsFor: number | null
  /** A person may leave it out when deciding. */
  optional: boolean
}

export interface ChangePlan {
  title: string
  tier: 'write' | 'bulk-or-destructive' | 'physical'
  steps: PlannedStep[]
  lines: CardLine[]
  warnings: string[]
  /** The intake item that it is about; a newer plan for the same item supersedes the open one. */
  itemId: string | null
}

/**
 * `proposed` → `approved` → `executing` → `done | failed | unknown`; or from `proposed`: `declined`, `cancelled`,
 * `expired`, `superseded`; or from `approved`: `stale` (the world changed before it ran), `expired` (it never ran); or
 * from `unknown`: `done | failed`, once a person has said which. No other edge exists.
 */
export const changeStates = [
  'proposed',
  'approved',
  'executing',
  'done',
  'failed',
  'unknown',
  'declined',
  'cancelled',
  'expired',
  'superseded',
  'stale',
] as const
export type ChangeState = (typeof changeStates)[number]

/** `left-out`: the person switched an optional step off. `unknown`: it may have happened; a person is asked. */
export const stepStates = ['waiting', 'running', 'done', 'failed', 'unknown', 'left-out'] as const
export type StepState = (typeof stepStates)[number]

export interface ChangeStep {
  id: string
  changeId: string
  position: number
  kind: string
  title: string
  payload: unknown
  waitsFor: number | null
  optional: boolean
  state: StepState
  /** Words for a person; null while nothing is known. */
  outcome: string | null
}

/** `shell`: a person at a terminal of the machine that HWLab runs on. */
export const decisionChannels = ['chat-card', 'confirm-page', 'shell'] as const
export type DecisionChannel = (typeof decisionChannels)[number]

export interface ChangeRequest {
  /** ULID. */
  id: string
  server: string
  tool: string
  tier: ChangePlan['tier']
  /** `operator:<name>` or `client:<name>`: who asked for it. */
  requester: string
  title: string
  itemId: string | null
  lines: CardLine[]
  warnings: string[]
  steps: ChangeStep[]
  /** SHA-256 hex over "hwlab/change/v1\n" and the RFC 8785 JSON of {server, tool, tier, steps (kind, payload, waitsFor, optional)}. */
  digest: string
  state: ChangeState
  /** A sentence for a person about the state: why it is stale, cancelled or failed. */
  why?: string | null
  createdAtMs: number
  expiresAtMs: number
  decidedBy: string | null
  channel: DecisionChannel | null
  decidedAtMs: number | null
}

export type StepOutcome =
  | { kind: 'done'; words: string }
  | { kind: 'failed'; words: string }
  /** It may have happened (a label may be out): a person is asked, nothing is sent again. */
  | { kind: 'unknown'; words: string }

/** Carries out one kind of step. Registered by the server that owns it. */
export interface StepExecutor {
  kind: string
  /** Parses the payload and compares it with the live state, before anything runs. */
  recheck(payload: unknown): Promise<{ kind: 'fresh' } | { kind: 'stale'; why: string }>
  /**
   * Puts the intent on disk. Synchronous: it runs inside the transaction that marks the step `running`, keyed by
   * `stepId`, so a crash leaves both or neither. The work itself is done later by a worker that reports through
   * `Approvals.finishStep(stepId, outcome)`; calling `begin` twice with one `stepId` must change nothing.
   */
  begin(stepId: string, payload: unknown): void
}
