import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { FoundConversation } from '../../agent/protocol/conversations.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Icon } from '../kit/icon.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { type Asking, useAsking } from '../use-asking.ts'

interface RowFacts {
  conversation: FoundConversation
  isOpen: boolean
  nowMs: number
  onOpen(): void
  onDeleted(): void
}

type Doing = 'nothing' | 'choosing' | 'naming' | 'deleting'

/** One conversation; what can be done with it unfolds below it. */
export function ConversationRow({ conversation, isOpen, nowMs, onOpen, onDeleted }: RowFacts) {
  const asking = useAsking()
  const [doing, setDoing] = useState<Doing>('nothing')
  const more = useRef<HTMLButtonElement>(null)
  const { id, title, updatedAt, pinned, excerpt } = conversation

  const leave = () => {
    setDoing('nothing')
    asking.forget()
    more.current?.focus()
  }
  const pin = async () => {
    const answer = await asking.ask('conversation-pin', { conversationId: id, pinned: !pinned })
    if (answer.kind === 'ok') leave()
  }
  return (
    <li
      className="conversation-row"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && doing !== 'nothing') leave()
      }}
    >
      <div className="conversation-line">
        <button
          type="button"
          className="rail-line conversation"
          title={title}
          aria-current={isOpen ? 'true' : undefined}
          onClick={onOpen}
        >
          <span className="conversation-title">
            {pinned && <Icon name="pin" />}
            {pinned && <span className="sr-only">Pinned: </span>}
            {title}
          </span>
          <time className="conversation-time" dateTime={updatedAt}>
            {agoWords(updatedAt, nowMs)}
          </time>
          {excerpt && (
            <span className="conversation-excerpt">
              {excerpt.before}
              <mark>{excerpt.found}</mark>
              {excerpt.after}
            </span>
          )}
        </button>
        <IconButton
          ref={more}
          icon="more"
          label={`Pin, rename or delete “${title}”`}
          className="conversation-more"
          aria-expanded={doing !== 'nothing'}
          onClick={() => (doing === 'nothing' ? setDoing('choosing') : leave())}
        />
      </div>
      {doing === 'choosing' && (
        <div className="conversation-actions">
          <Button look="quiet" disabled={asking.busy} onClick={() => void pin()}>
            {pinned ? 'Unpin' : 'Pin'}
          </Button>
          <Button look="quiet" onClick={() => setDoing('naming')}>
            Rename
          </Button>
          <Button look="quiet" className="button-danger" onClick={() => setDoing('deleting')}>
            Delete
          </Button>
        </div>
      )}
      {doing === 'naming' && <NameForm conversation={conversation} asking={asking} onEnd={leave} />}
      {doing === 'deleting' && (
        <DeleteQuestion conversation={conversation} asking={asking} onKeep={leave} onDeleted={onDeleted} />
      )}
      <Refusal why={asking.refusal} />
    </li>
  )
}

function NameForm(facts: { conversation: FoundConversation; asking: Asking; onEnd(): void }) {
  const { conversation, asking, onEnd } = facts
  const [typed, setTyped] = useState(conversation.title)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.select(), [])
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const title = typed.trim()
    const answer = await asking.ask('conversation-rename', { conversationId: conversation.id, title })
    if (answer.kind === 'ok') onEnd()
  }
  return (
    <form className="conversation-form" onSubmit={save}>
      <input
        ref={input}
        className="field-input"
        aria-label="Name of the conversation"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" disabled={asking.busy}>
          Save
        </Button>
        <Button look="quiet" onClick={onEnd}>
          Keep the old name
        </Button>
      </div>
    </form>
  )
}

function DeleteQuestion(facts: {
  conversation: FoundConversation
  asking: Asking
  onKeep(): void
  onDeleted(): void
}) {
  const { conversation, asking, onKeep, onDeleted } = facts
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => keep.current?.focus(), [])
  const remove = async () => {
    const answer = await asking.ask('conversation-delete', { conversationId: conversation.id })
    if (answer.kind === 'ok') onDeleted()
  }
  return (
    <div role="alert">
      <Notice tone="ask">
        <p>All that was said in it goes. Items, records, decisions and what it cost stay.</p>
        <div className="actions">
          <Button look="danger" disabled={asking.busy} onClick={() => void remove()}>
            Delete it
          </Button>
          <Button ref={keep} look="quiet" onClick={onKeep}>
            Keep it
          </Button>
        </div>
      </Notice>
    </div>
  )
}
