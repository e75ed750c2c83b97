import { Button } from '../kit/button.tsx'
import { Notice } from '../kit/notice.tsx'
import { WithCode } from '../kit/with-code.tsx'
import { useConnection, useLab } from '../use-lab.ts'

/** What was sent and is not in the transcript yet; a refusal keeps the text and says why. */
export function OutgoingMessages() {
  const connection = useConnection()
  const conversationId = useLab((lab) => lab.conversation?.id)
  const outgoing = useLab((lab) => lab.outgoing)
  return outgoing
    .filter((sent) => sent.conversationId === conversationId)
    .map((sent) => (
      <article key={sent.requestId} className="message message-operator" aria-label="You">
        {sent.photos.length > 0 && (
          <ul className="message-photos" aria-label="Photos">
            {sent.photos.map((photo) => (
              <li key={photo.attachmentId}>
                <img src={`/attachments/${encodeURIComponent(photo.attachmentId)}`} alt={photo.name} />
              </li>
            ))}
          </ul>
        )}
        {sent.text !== '' && <p className="message-text">{sent.text}</p>}
        {sent.refused === null ? (
          <p className="message-thinking">Sending…</p>
        ) : (
          <div role="alert" className="outgoing-refused">
            <Notice tone="bad">
              <WithCode text={sent.refused} />
            </Notice>
            <div className="actions">
              <Button onClick={() => connection.resend(sent)}>Send again</Button>
              <Button look="quiet" onClick={() => connection.drop(sent.requestId)}>
                Remove
              </Button>
            </div>
          </div>
        )}
      </article>
    ))
}
