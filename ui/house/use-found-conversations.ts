import { useEffect, useState } from 'react'
import type { FoundConversation } from '../../agent/protocol/conversations.ts'
import { useConnection, useLab } from '../use-lab.ts'

interface Found {
  found: FoundConversation[]
  /** What came of the search; null: nothing is looked for, or it is not known yet. */
  words: string | null
  /** Why nothing could be looked for. */
  why: string | null
}

const nothing: Found = { found: [], words: null, why: null }
const typingMs = 150

/** Conversations in which every word is; asked again while a person types, and when the list changes. */
export function useFoundConversations(text: string): Found {
  const connection = useConnection()
  const listed = useLab((lab) => lab.conversations)
  const [result, setResult] = useState(nothing)
  const wanted = text.trim()

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list means that something else may be found
  useEffect(() => {
    if (wanted === '') {
      setResult(nothing)
      return
    }
    let isOver = false
    const timer = setTimeout(async () => {
      const answer = await connection.request('conversation-search', { text: wanted })
      if (isOver) return
      if (answer.kind === 'refused') setResult({ ...nothing, why: answer.why })
      else setResult({ found: answer.value.found, words: countWords(answer.value, wanted), why: null })
    }, typingMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [connection, wanted, listed])
  return result
}

function countWords({ found, more }: { found: unknown[]; more: boolean }, wanted: string): string {
  if (found.length === 0) return `No conversation has “${wanted}” in it. Try fewer or shorter words.`
  if (more) return `The newest ${found.length}. Type more words to find older ones.`
  return found.length === 1 ? '1 conversation' : `${found.length} conversations`
}
