import { useState } from 'react'
import type { Answer } from '../../agent/protocol.ts'
import { useConnection } from '../use-lab.ts'

interface Opening {
  /** Why the last try opened nothing; null when it went well. */
  refusal: string | null
  /** Both are true when the conversation is open. */
  begin(): Promise<boolean>
  open(conversationId: string, soughtId?: string): Promise<boolean>
}

/** Opens conversations, and keeps why one could not be opened. */
export function useOpening(): Opening {
  const connection = useConnection()
  const [refusal, setRefusal] = useState<string | null>(null)
  const isOpen = (answer: Answer<null>) => {
    setRefusal(answer.kind === 'refused' ? answer.why : null)
    return answer.kind === 'ok'
  }
  return {
    refusal,
    begin: async () => isOpen(await connection.newConversation()),
    open: async (conversationId, soughtId) =>
      isOpen(await connection.openConversation(conversationId, soughtId)),
  }
}
