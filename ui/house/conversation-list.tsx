import { useId, useState } from 'react'
import { Refusal } from '../kit/notice.tsx'
import { useNow } from '../kit/use-now.ts'
import { useConnection, useLab } from '../use-lab.ts'
import { ConversationRow } from './conversation-row.tsx'
import { usePlace } from './place.ts'
import { useFoundConversations } from './use-found-conversations.ts'
import { useOpening } from './use-opening.ts'

const searchFrom = 2

/** The conversations, newest first below the pinned ones; or those in which the typed words are. */
export function ConversationList() {
  const id = useId()
  const connection = useConnection()
  const { place, go } = usePlace()
  const listed = useLab((lab) => lab.conversations)
  const openId = useLab((lab) => lab.conversation?.id)
  const nowMs = useNow(60_000)
  const [text, setText] = useState('')
  const { open, refusal } = useOpening()
  const { found, words, why } = useFoundConversations(text)
  const isFinding = text.trim() !== ''
  const rows = isFinding ? found : (listed?.map((one) => ({ ...one, excerpt: null })) ?? [])

  const choose = async (conversationId: string, soughtId?: string) => {
    if ((await open(conversationId, soughtId)) && place.kind === 'conversations') go({ kind: 'chat' })
  }
  const deleted = (conversationId: string) => {
    document.getElementById(id)?.focus()
    if (conversationId === openId) void connection.openConversation(null)
  }
  return (
    <div className="conversation-list">
      {(isFinding || (listed?.length ?? 0) >= searchFrom) && (
        <search className="conversation-search">
          <label className="sr-only" htmlFor={id}>
            Find in conversations
          </label>
          <input
            id={id}
            type="search"
            className="field-input"
            placeholder="Find in conversations"
            autoComplete="off"
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText('')
            }}
          />
        </search>
      )}
      <p role="status" className={words === null ? 'sr-only' : 'conversation-note'}>
        {words}
      </p>
      <Refusal why={refusal ?? why} />
      {listed?.length === 0 && !isFinding && <p className="panel-empty">Nothing yet.</p>}
      <ul className="conversations">
        {rows.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            isOpen={conversation.id === openId}
            nowMs={nowMs}
            onOpen={() => void choose(conversation.id, conversation.excerpt?.messageId)}
            onDeleted={() => deleted(conversation.id)}
          />
        ))}
      </ul>
    </div>
  )
}
