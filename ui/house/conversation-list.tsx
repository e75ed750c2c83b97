import { agoWords } from '../kit/elapsed.ts'
import { useNow } from '../kit/use-now.ts'
import { useConnection, useLab } from '../use-lab.ts'
import { usePlace } from './place.ts'

export function ConversationList() {
  const connection = useConnection()
  const { place, go } = usePlace()
  const conversations = useLab((lab) => lab.conversations)
  const openId = useLab((lab) => lab.conversation?.id)
  const nowMs = useNow(60_000)
  if (conversations?.length === 0) return <p className="panel-empty">Nothing yet.</p>
  return (
    <ul className="conversations">
      {conversations?.map(({ id, title, updatedAt }) => (
        <li key={id}>
          <button
            type="button"
            className="conversation"
            aria-current={id === openId ? 'true' : undefined}
            onClick={() => {
              void connection.openConversation(id)
              if (place.kind === 'conversations') go({ kind: 'chat' })
            }}
          >
            <span className="conversation-title">{title === '' ? 'New conversation' : title}</span>
            <time className="conversation-time" dateTime={updatedAt}>
              {agoWords(updatedAt, nowMs)}
            </time>
          </button>
        </li>
      ))}
    </ul>
  )
}
