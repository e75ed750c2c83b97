import { quoted } from './field-words.ts'
import type { Box, Evidence } from './item.ts'

/** One piece of evidence as a card shows it. */
export interface EvidenceCard {
  id: string
  kind: Evidence['kind']
  words: string
  value: string
  quote: string
  crop: { attachmentId: string; box: Box } | null
}

export function evidenceCard(evidence: Evidence): EvidenceCard {
  const { id, kind, value, attachmentId, box } = evidence
  return {
    id,
    kind,
    words: wordsOf(evidence),
    value: quoted(value, 200),
    quote: quoted(evidence.quote, 200),
    crop: attachmentId !== null && box !== null ? { attachmentId, box } : null,
  }
}

function wordsOf({ kind, source, syntax, readerConfidence, quote }: Evidence): string {
  switch (kind) {
    case 'operator':
      return quote === '' ? 'You said so' : `You: ${quote.toLowerCase()}`
    case 'decoded':
      return `Decoded from ${source}${decodedWords[syntax]}`
    case 'read':
      return `Read by OCR${checkedWords[syntax]}${readerConfidence === null ? '' : `, ${Math.round(readerConfidence * 100)} % sure of the letters`}`
    case 'catalogue':
      return 'In the catalogue'
    case 'derived':
      return `Follows by ${source}`
    case 'said':
      return source === 'description' ? 'From the description' : `${source} says so`
  }
}

const checkedWords: Record<Evidence['syntax'], string> = {
  checked: ', and its check holds',
  labelled: ', beside its caption',
  shaped: ', by its shape only',
  plain: '',
}

const decodedWords: Record<Evidence['syntax'], string> = {
  checked: ', and its check holds',
  labelled: ', which says what it is',
  shaped: ', by its shape only',
  plain: '',
}
