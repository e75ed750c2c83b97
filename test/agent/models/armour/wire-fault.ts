import type { DialectName } from '../../../../evals/models/dialects.ts'
import type { Step } from '../../../../evals/models/steps.ts'
import type { Answer } from './answer-of.ts'

/** A fault that was reported of a real server, and what the person and the loop should get nevertheless. */
export interface WireFault {
  what: string
  /** The public report. */
  source: string
  dialect: DialectName
  reply: Step[]
  expected: Answer
}

export const found = (input: Record<string, unknown> = { text: 'rack' }, text = ''): Answer => ({
  ...{ text, calls: [['netbox_find_item', input]], finish: 'tool-calls' },
  failure: null,
})
export const told = (text: string): Answer => ({ text, calls: [], finish: 'stop', failure: null })
export const refused = (failure: string, text = ''): Answer => ({ text, calls: [], finish: 'error', failure })

export const unreadable = 'it wrote a tool call that cannot be read, so nothing was done'
export const asText = 'it wrote “Propose the record” into its text instead of calling it, so nothing was done'
