import { useEffect, useRef } from 'react'
import { BenchPanel } from '../bench/bench-panel.tsx'
import { CableTestsOf } from '../bench/cable-test/cable-tests-of.tsx'
import { RecordingsOf } from '../bench/meter/recordings-of.tsx'
import { ConnectionsPanel } from '../connections/connections-panel.tsx'
import { DriftPanel } from '../drift/drift-panel.tsx'
import { FactsPanel } from '../facts/facts-panel.tsx'
import { ItemCard } from '../intake/item-card.tsx'
import { Button, IconButton } from '../kit/button.tsx'
import { ErrorBoundary } from '../kit/error-boundary.tsx'
import { Refusal } from '../kit/notice.tsx'
import { QueuePanel } from '../queue/queue-panel.tsx'
import { SpendPanel } from '../spend/spend-panel.tsx'
import { useLab } from '../use-lab.ts'
import { ConversationList } from './conversation-list.tsx'
import { ItemsPanel } from './items-panel.tsx'
import { type Place, usePlace } from './place.ts'
import { TagPanel } from './tag-panel.tsx'
import { useOpening } from './use-opening.ts'

const titles: Record<Place['kind'], string> = {
  chat: 'Chat',
  items: 'Items',
  item: 'Item',
  tag: 'Label',
  bench: 'Bench',
  queue: 'Saving',
  drift: 'NetBox changes',
  spend: 'Spending',
  facts: 'What HWLab remembers',
  connections: 'What is connected',
  conversations: 'Conversations',
}

/** What is open beside the chat. */
export function SidePanel() {
  const { place, go } = usePlace()
  const title = useTitleFocus(place.kind !== 'chat' && place.kind)
  if (place.kind === 'chat') return null
  return (
    <section className="panel" aria-label={titles[place.kind]}>
      <header className="panel-head">
        <h2 ref={title} tabIndex={-1}>
          {titles[place.kind]}
        </h2>
        <IconButton icon="close" label="Close" onClick={() => go({ kind: 'chat' })} />
      </header>
      <div className="panel-body">
        <ErrorBoundary key={place.kind}>
          <PanelContent place={place} />
        </ErrorBoundary>
      </div>
    </section>
  )
}

/** The title of what was opened has the keyboard; when all is closed, what opened it has. */
function useTitleFocus(opened: string | false) {
  const title = useRef<HTMLHeadingElement>(null)
  const openedFrom = useRef<Element | null>(null)
  useEffect(() => {
    if (opened) {
      openedFrom.current ??= document.activeElement
      title.current?.focus()
      return
    }
    const from = openedFrom.current
    openedFrom.current = null
    if (from instanceof HTMLElement && document.activeElement === document.body) from.focus()
  }, [opened])
  return title
}

function PanelContent({ place }: { place: Place }) {
  switch (place.kind) {
    case 'chat':
      return null
    case 'items':
      return <ItemsPanel />
    case 'item':
      return <OneItem itemId={place.itemId} />
    case 'tag':
      return <TagPanel tag={place.tag} />
    case 'bench':
      return <BenchPanel />
    case 'queue':
      return <QueuePanel />
    case 'drift':
      return <DriftPanel />
    case 'spend':
      return <SpendPanel />
    case 'facts':
      return <FactsPanel />
    case 'connections':
      return <ConnectionsPanel />
    case 'conversations':
      return <Conversations />
  }
}

function OneItem({ itemId }: { itemId: string }) {
  const items = useLab((lab) => lab.items)
  const item = items?.find((one) => one.id === itemId)
  if (!items) return <p className="panel-empty">Looking for it…</p>
  if (!item) return <p className="panel-empty">This item is not open any more.</p>
  return (
    <>
      <ItemCard item={item} isBeside />
      <RecordingsOf itemId={item.id} />
      <CableTestsOf item={item} />
      <ItsConversation conversationId={item.conversationId} />
    </>
  )
}

/** Back to the chat in which the intake began, when another one is open. */
function ItsConversation({ conversationId }: { conversationId: string | null }) {
  const { go } = usePlace()
  const { open, refusal } = useOpening()
  const openId = useLab((lab) => lab.conversation?.id)
  if (conversationId === null || conversationId === openId) return null
  const leadThere = async () => {
    if (await open(conversationId)) go({ kind: 'chat' })
  }
  return (
    <>
      <div className="actions">
        <Button icon="chat" onClick={leadThere}>
          Open its conversation
        </Button>
      </div>
      <Refusal why={refusal} />
    </>
  )
}

function Conversations() {
  const { go } = usePlace()
  const { begin, refusal } = useOpening()
  const beginHere = async () => {
    if (await begin()) go({ kind: 'chat' })
  }
  return (
    <>
      <Button icon="add" onClick={beginHere}>
        New conversation
      </Button>
      <Refusal why={refusal} />
      <ConversationList />
      <div className="actions">
        <Button icon="bookmark" onClick={() => go({ kind: 'facts' })}>
          What HWLab remembers
        </Button>
      </div>
    </>
  )
}
