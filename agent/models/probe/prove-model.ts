import { describeFailure, type ModelFailure } from '../model-failure.ts'
import { answersFast } from './answers-fast.ts'
import { callsTools } from './calls-tools.ts'
import { holdsWindow } from './holds-window.ts'
import { keepsSchema } from './keeps-schema.ts'
import type { Finding, FindingName, ProbeStep, ProbeSubject } from './probe-subject.ts'
import { readsPictures } from './reads-pictures.ts'
import { tellsNumbers } from './tells-numbers.ts'

/** Part of every version: findings of another probe do not count. */
export const probeVersion = 'probe 2'
/** What is missing after that is tried the next time. */
const totalMs = 8 * 60_000

/** What a turn needs first. */
const steps: ProbeStep[] = [callsTools, keepsSchema, readsPictures, holdsWindow, tellsNumbers, answersFast]

/** Belongs to what the server has loaded, not to the model. */
export const windowFindings: readonly FindingName[] = holdsWindow.finds

export function stepsLeft(found: ReadonlyMap<string, unknown>, where: 'local' | 'cloud'): ProbeStep[] {
  return steps.filter(
    (step) => (where === 'local' || step.onCloud) && step.finds.some((name) => !found.has(name)),
  )
}

export type ProofEnd = { kind: 'tried' } | { kind: 'no-answer'; failure: ModelFailure } | { kind: 'stopped' }

/** Tries one step after the other. Never throws. */
export async function proveModel(
  left: ProbeStep[],
  subject: ProbeSubject,
  told: { trying(words: string): void; found(findings: Finding[]): void },
): Promise<ProofEnd> {
  const signal = AbortSignal.any([subject.signal, AbortSignal.timeout(totalMs)])
  for (const step of left) {
    told.trying(step.words)
    try {
      told.found(await step.run({ ...subject, signal }))
    } catch (error) {
      if (subject.signal.aborted) return { kind: 'stopped' }
      return { kind: 'no-answer', failure: describeFailure(error) }
    }
  }
  return { kind: 'tried' }
}
