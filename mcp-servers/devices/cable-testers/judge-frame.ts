import { findingWords } from './finding-words.ts'
import type { TesterFrame } from './tester-profile.ts'
import { type CableQuestion, type CableVerdict, judgeCable } from './verdict.ts'

/** What a result can be made of. */
export type JudgedFrame = Exclude<TesterFrame, { kind: 'trouble' }>

/** A tester's own word is quoted and is never a PASS of ours: it does not say where the wires go. */
export function judgeFrame(
  frame: JudgedFrame,
  question: Omit<CableQuestion, 'map'>,
): Pick<CableVerdict, 'result' | 'words' | 'notes'> {
  switch (frame.kind) {
    case 'wiremap': {
      const { result, words, notes } = judgeCable({ ...question, map: frame.map })
      return { result, words, notes }
    }
    case 'said':
      return {
        result: frame.good ? 'none' : 'fail',
        words: frame.words,
        notes: ['Order, shorts and split pairs were not tested.'],
      }
    case 'splits': {
      const words = frame.groups.map((contacts) =>
        findingWords({ kind: 'split', contacts }, question.expected),
      )
      return {
        result: 'fail',
        words: `${words.join(', ')} — FAIL`,
        notes: ['This answer of the tester is about split pairs only.'],
      }
    }
    case 'length':
      return { result: 'none', words: lengthWords(frame.centimetres), notes: ['Only lengths were measured.'] }
  }
}

/** "Length 12.4 m", or each contact with its own. */
function lengthWords(centimetres: Readonly<Record<string, number>>): string {
  const metres = Object.entries(centimetres).map(([contact, length]) => ({
    contact,
    words: `${(length / 100).toFixed(1)} m`,
  }))
  const [first] = metres
  if (!first) return 'No length was measured'
  const isSame = metres.every(({ words }) => words === first.words)
  if (isSame) return `Length ${first.words}`
  return `Lengths: ${metres.map(({ contact, words }) => `pin ${contact} ${words}`).join(', ')}`
}
