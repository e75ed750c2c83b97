import { useEffect, useRef, useState } from 'react'
import type { Message as MessageView } from '../../agent/protocol.ts'
import { ItemCard } from '../intake/item-card.tsx'
import { Button } from '../kit/button.tsx'
import { useLab } from '../use-lab.ts'
import { Announcer } from './announcer.tsx'
import { homelessItems } from './card-homes.ts'
import { EmptyState } from './empty-state.tsx'
import { Message } from './message.tsx'
import { OutgoingMessages } from './outgoing.tsx'
import { useCardHomes } from './use-card-homes.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

/** Older messages are drawn when the reader gets to them. */
const shownAtOnce = 60
const noMessages: MessageView[] = []

export function Thread() {
  const conversation = useLab((lab) => lab.conversation)
  const running = useLab((lab) => lab.run !== null)
  const items = useLab((lab) => lab.items)
  const sending = useLab((lab) => lab.outgoing.length > 0)
  const { scroller, content, atEnd, toEnd } = useStickToEnd(conversation?.id)
  const messages = conversation?.messages ?? noMessages
  const homes = useCardHomes(messages)
  const loose = conversation && items ? homelessItems(items, conversation, homes) : []
  const last = messages.at(-1)
  const empty = conversation !== null && messages.length === 0 && loose.length === 0 && !sending
  return (
    <div className="thread-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="thread" ref={scroller} tabIndex={0} aria-label="Conversation">
        <div className="thread-content" ref={content}>
          {conversation === null && <p className="thread-opening">Opening the conversation…</p>}
          {empty && <EmptyState />}
          <MessageList key={conversation?.id} messages={messages} homes={homes} running={running} />
          {loose.map((item) => (
            <ItemCard key={item.id} item={item} />
          ))}
          <OutgoingMessages />
          {running && last?.role === 'operator' && <p className="message-thinking">Working on it…</p>}
        </div>
      </section>
      {!atEnd && (
        <Button className="to-end" icon="down" onClick={toEnd}>
          Newest
        </Button>
      )}
      <Announcer message={last} streaming={running} />
    </div>
  )
}

interface ListFacts {
  messages: MessageView[]
  homes: ReadonlyMap<string, string>
  running: boolean
}

function MessageList({ messages, homes, running }: ListFacts) {
  const [shown, setShown] = useState(shownAtOnce)
  const top = useRef<HTMLDivElement>(null)
  const hidden = Math.max(0, messages.length - shown)
  useEffect(() => {
    const element = top.current
    if (!element || hidden === 0) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setShown((count) => count + shownAtOnce)
      },
      { rootMargin: '600px 0px 0px 0px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [hidden])
  return (
    <>
      {hidden > 0 && (
        <div ref={top} className="thread-earlier">
          <Button look="quiet" onClick={() => setShown((count) => count + shownAtOnce)}>
            {`Show earlier messages (${hidden})`}
          </Button>
        </div>
      )}
      {messages.slice(hidden).map((message, index) => (
        <Message
          key={message.id}
          message={message}
          homes={homes}
          streaming={running && hidden + index === messages.length - 1}
        />
      ))}
    </>
  )
}
