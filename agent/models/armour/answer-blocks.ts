import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'

type Part = LanguageModelV4StreamPart

export interface AnswerBlocks {
  say(kind: 'text' | 'reasoning', text: string): Part[]
  close(): Part[]
  /** Something that a person can read came. */
  said(): boolean
}

/** Blocks with ids of our own: those of the server no longer fit once markup is taken out. */
export function openAnswerBlocks(): AnswerBlocks {
  let open: { kind: 'text' | 'reasoning'; id: string } | null = null
  let count = 0
  let said = false

  function close(): Part[] {
    const closing = open
    open = null
    return closing ? [{ type: `${closing.kind}-end`, id: closing.id }] : []
  }
  return {
    say(kind, text) {
      // Blank lines that stood between markup and the answer.
      const shown = kind === 'text' && !said ? text.trimStart() : text
      if (shown === '') return []
      if (kind === 'text') said = true
      const parts: Part[] = open?.kind === kind ? [] : close()
      if (open?.kind !== kind) {
        count += 1
        open = { kind, id: `${kind}-${count}` }
        parts.push({ type: `${kind}-start`, id: open.id })
      }
      return [...parts, { type: `${kind}-delta`, id: open.id, delta: shown }]
    },
    close,
    said: () => said,
  }
}
