import type { ChangeRequest } from '../../approval/change-request.ts'
import { fieldInSentence, inWords, quoted } from './field-words.ts'
import type { Doubt, Verdict } from './gate.ts'
import type { Duplicate } from './item-duplicates-table.ts'
import type { Stage } from './item-stages-table.ts'
import type { Item } from './items-table.ts'

interface Situation {
  item: Item
  verdict: Verdict
  stages: Stage[]
  duplicates: Duplicate[]
  photoCount: number
  evidenceCount: number
  change: ChangeRequest | null
}

/** One sentence: what the person does next; empty when there is nothing left to do. */
export function nextAction(situation: Situation): string {
  const { item, change, duplicates } = situation
  if (item.discardedAtMs !== null) return 'This draft was put aside. Nothing was recorded.'
  if (item.state === 'complete') return ''
  if (item.trouble !== null) return item.trouble
  if (change?.state === 'approved' || change?.state === 'executing')
    return 'It is approved and is written as soon as the inventory takes it. Nothing to do.'
  if (item.state === 'draft' || item.state === 'indexed') return 'HWLab is reading it. Nothing to do yet.'
  const same = duplicates.find((duplicate) => duplicate.certain)
  if (same) return `${same.words} Open that one, or discard this draft.`
  if (change?.state === 'proposed') return 'Check the lines, then decide.'
  if (situation.verdict.kind === 'identified') return 'Check the fields, then propose the record.'
  return askFor(situation, situation.verdict.doubts)
}

function askFor({ photoCount, evidenceCount, stages }: Situation, doubts: Doubt[]): string {
  const failed = stages.find((stage) => stage.status === 'failed' && stage.name !== 'duplicates')
  if (failed) return `${failed.words} Add another photo of the label, or type the fields.`
  if (evidenceCount === 0)
    return photoCount === 0
      ? 'Add a photo of the label, or type the manufacturer and model.'
      : 'No label could be read. Photograph the label (often on the back or underneath) straight and close.'
  const [worst] = doubts
  if (!worst) return 'Check the fields, then confirm.'
  switch (worst.kind) {
    case 'conflict':
      return conflictSentence(worst)
    case 'nothing':
      return `The ${fieldInSentence(worst.field)} was not seen. Photograph the label that shows it, or type it.`
    case 'weak':
      return `The ${fieldInSentence(worst.field)} may be ${quoted(worst.value)}, but no label proves it. Photograph the label that shows it, or correct or confirm it.`
  }
}

function conflictSentence({ field, values }: Extract<Doubt, { kind: 'conflict' }>): string {
  const seen = inWords(values.slice(0, 3).map((value) => quoted(value, 40)))
  const two = field === 'serial' ? ' If the photo shows two things, photograph each one alone.' : ''
  return `More than one ${fieldInSentence(field)} was read: ${seen}. Choose the right one.${two}`
}
