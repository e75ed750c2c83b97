import { memo } from 'react'
import type { Message as MessageView, Part } from '../../agent/protocol/messages.ts'
import { ChangeCard } from '../cards/change-card.tsx'
import { ItemCard } from '../intake/item-card.tsx'
import { Notice } from '../kit/notice.tsx'
import { useLab } from '../use-lab.ts'
import { AnsweredByLine } from './answered-by.tsx'
import { type CardHomes, cardAt } from './card-homes.ts'
import { Markdown } from './markdown.tsx'
import { Reasoning } from './reasoning.tsx'
import { Summary } from './summary.tsx'
import { ToolCall } from './tool-call.tsx'

interface MessageFacts {
  message: MessageView
  homes: CardHomes
  /** A search led here. */
  sought: boolean
  streaming: boolean
}

export const Message = memo(function Message({ message, homes, sought, streaming }: MessageFacts) {
  const operator = message.role === 'operator'
  const photos = message.parts.flatMap((part) => (part.kind === 'photo' ? [part] : []))
  return (
    <article
      className={`message message-${message.role} ${sought ? 'message-sought' : ''}`}
      data-message={message.id}
      aria-label={operator ? 'You' : 'HWLab'}
    >
      {photos.length > 0 && (
        <ul className="message-photos" aria-label="Photos">
          {photos.map((photo) => (
            <li key={photo.attachmentId}>
              <img
                src={`/attachments/${encodeURIComponent(photo.attachmentId)}`}
                alt={photo.name}
                loading="lazy"
              />
            </li>
          ))}
        </ul>
      )}
      {message.parts.map((part, index) => (
        <MessagePart
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added at the end
          key={index}
          index={index}
          part={part}
          message={message}
          homes={homes}
          streaming={streaming}
        />
      ))}
      {streaming && message.parts.length === 0 && <p className="message-thinking">Working on it…</p>}
      {message.answeredBy && (
        <AnsweredByLine
          messageId={message.id}
          answeredBy={message.answeredBy}
          salvaged={salvagedIn(message)}
        />
      )}
    </article>
  )
})

function salvagedIn({ parts }: MessageView): number {
  return parts.filter((part) => part.kind === 'tool-call' && part.origin === 'salvaged').length
}

function MessagePart({
  part,
  index,
  message,
  homes,
  streaming,
}: Omit<MessageFacts, 'sought'> & { part: Part; index: number }) {
  switch (part.kind) {
    case 'photo':
      return null
    case 'reasoning':
      return part.text === '' ? null : <Reasoning part={part} />
    case 'summary':
      return <Summary part={part} />
    case 'notice':
      return <Notice tone={part.tone}>{part.text}</Notice>
    case 'text':
      if (message.role === 'operator') return <p className="message-text">{part.text}</p>
      return <Markdown text={part.text} streaming={streaming && index === message.parts.length - 1} />
    case 'tool-call': {
      const card = cardAt(message, index, homes)
      return (
        <>
          <ToolCall call={part} />
          {card.kind === 'item' && <ItemHere itemId={card.id} />}
          {card.kind === 'change' && <ChangeHere changeId={card.id} />}
        </>
      )
    }
  }
}

function ItemHere({ itemId }: { itemId: string }) {
  const item = useLab((lab) => lab.items?.find((one) => one.id === itemId))
  return item ? <ItemCard item={item} /> : null
}

function ChangeHere({ changeId }: { changeId: string }) {
  const change = useLab((lab) => lab.changes?.find((one) => one.id === changeId))
  return change ? <ChangeCard change={change} /> : null
}
