import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import type { Message as MessageView } from '../../agent/protocol/messages.ts'
import { ItemCard } from '../intake/item-card.tsx'
import { Button } from '../kit/button.tsx'
import { ErrorBoundary } from '../kit/error-boundary.tsx'
import { useLab } from '../use-lab.ts'
import { Announcer } from './announcer.tsx'
import { homelessItems } from './card-homes.ts'
import { EmptyState } from './empty-state.tsx'
import { Message } from './message.tsx'
import { OutgoingMessages } from './outgoing.tsx'
import { useCardHomes } from './use-card-homes.ts'
import { useMessageWindow } from './use-message-window.ts'
import { type StickToEnd, useStickToEnd } from './use-stick-to-end.ts'

const noMessages: MessageView[] = []

export function Thread() {
  const conversation = useLab((lab) => lab.conversation)
  const running = useLab((lab) => lab.run !== null)
  const stick = useStickToEnd(conversation?.id)
  return (
    <div className="thread-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="thread" ref={stick.scroller} tabIndex={0} aria-label="Conversation">
        <div className="thread-content" ref={stick.content}>
          {conversation === null && <p className="thread-opening">Opening the conversation…</p>}
          <Messages key={conversation?.id} stick={stick} running={running} />
        </div>
      </section>
      <Announcer message={conversation?.messages.at(-1)} streaming={running} />
    </div>
  )
}

function Messages({ stick, running }: { stick: StickToEnd; running: boolean }) {
  const conversation = useLab((lab) => lab.conversation)
  const items = useLab((lab) => lab.items)
  const sending = useLab(
    (lab) => lab.outgoing.filter((sent) => sent.conversationId === lab.conversation?.id).length,
  )
  const messages = conversation?.messages ?? noMessages
  const homes = useCardHomes(messages)
  const drawn = useMessageWindow(messages.length, stick.scroller)
  const { showNewest, showAround } = drawn
  const { toEnd, toMessage, toWaitingCard } = stick
  const sought = useLab((lab) => lab.sought)
  const shown = useRef<typeof sought>(null)
  const soughtAt = sought ? messages.findIndex(({ id }) => id === sought.messageId) : -1
  const loose = conversation && items ? homelessItems(items, conversation, homes) : []
  const atNewest = drawn.end === messages.length
  const empty = conversation !== null && messages.length === 0 && loose.length === 0 && sending === 0

  useEffect(() => {
    if (sending === 0) return
    showNewest()
    requestAnimationFrame(toEnd)
  }, [sending, showNewest, toEnd])

  const complete = conversation !== null && items !== null
  useEffect(() => {
    if (complete) requestAnimationFrame(toWaitingCard)
  }, [complete, toWaitingCard])

  const { start, end } = drawn
  useEffect(() => {
    if (!sought || soughtAt < 0 || shown.current === sought) return
    if (soughtAt < start || soughtAt >= end) {
      showAround(soughtAt)
      return
    }
    shown.current = sought
    requestAnimationFrame(() => toMessage(sought.messageId))
  }, [sought, soughtAt, start, end, showAround, toMessage])

  const jump = () => {
    flushSync(showNewest)
    toEnd()
  }
  return (
    <>
      {empty && <EmptyState />}
      <div ref={drawn.above} className="thread-edge">
        {drawn.start > 0 && (
          <Button look="quiet" onClick={drawn.showEarlier}>
            {`Show earlier messages (${drawn.start})`}
          </Button>
        )}
      </div>
      {messages.slice(drawn.start, drawn.end).map((message, index) => (
        <ErrorBoundary key={message.id}>
          <Message
            message={message}
            homes={homes}
            sought={drawn.start + index === soughtAt}
            streaming={running && drawn.start + index === messages.length - 1}
          />
        </ErrorBoundary>
      ))}
      <div ref={drawn.below} className="thread-edge" />
      {atNewest && loose.map((item) => <ItemCard key={item.id} item={item} />)}
      {atNewest && <OutgoingMessages />}
      {running && messages.at(-1)?.role === 'operator' && <p className="message-thinking">Working on it…</p>}
      {!(stick.atEnd && atNewest) && (
        <Button className="to-end" icon="down" onClick={jump}>
          Newest
        </Button>
      )}
    </>
  )
}
