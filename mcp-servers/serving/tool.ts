import type { z } from 'zod'
import type { ChangePlan } from '../approval/change-request.ts'

/**
 * What a tool may do. `draft` writes only HWLab's own drafts, so nothing asks; every tier after it only files a
 * change request that a person decides.
 */
export type Tier = 'read' | 'draft' | 'write' | 'bulk-or-destructive' | 'physical'

export interface Refusal {
  kind: 'refused'
  /** One sentence in our words: what happened and what to do. */
  why: string
}

/** Who calls, and until when it is worth going on. */
export interface ToolCall {
  signal: AbortSignal
  /** The client's self-given name: for the audit and the card, never for trust. */
  client: string
  /** Ends a stage in words ("Reading codes…"); goes out as an MCP progress notification when the client asked. */
  progress(words: string): void
}

interface ToolFacts<Input extends z.ZodObject> {
  /** `verb_noun`; the file is `verb-noun.ts`. */
  name: string
  title: string
  /** For the model: what it does, when to use it; under 400 characters. */
  description: string
  /** Flat object: no unions, no nesting deeper than an array of strings. */
  input: Input
  /** True when answers can carry text from outside (web pages, OCR, codes). */
  openWorld: boolean
  timeLimitMs: number
}

/** Answers at once; changes nothing outside HWLab's own drafts. */
export interface OpenTool<Domain, Input extends z.ZodObject, Output extends z.ZodObject>
  extends ToolFacts<Input> {
  tier: 'read' | 'draft'
  output: Output
  run(
    args: z.infer<Input>,
    domain: Domain,
    call: ToolCall,
  ): Promise<{ kind: 'answer'; output: z.infer<Output> } | Refusal>
}

/** Only plans: the server files the plan as a change request and tells the caller who must decide it. */
export interface GatedTool<Domain, Input extends z.ZodObject> extends ToolFacts<Input> {
  tier: 'write' | 'bulk-or-destructive' | 'physical'
  plan(
    args: z.infer<Input>,
    domain: Domain,
    call: ToolCall,
  ): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal>
}

/** The sentence of a `refused` outcome. */
export function refused(why: string): Refusal {
  return { kind: 'refused', why }
}
