import type { ItemView } from '../../agent/protocol/items.ts'
import { ChangeCard } from '../cards/change-card.tsx'
import { openPhotoChoice } from '../chat/photo-buttons.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Status } from '../kit/status.tsx'
import { useNow } from '../kit/use-now.ts'
import { useLab } from '../use-lab.ts'
import { ConfirmAll } from './confirm-all.tsx'
import { LabelSheet } from './label-sheet.tsx'
import { usePlace } from './place.ts'
import { SetBack } from './set-back.tsx'

const groups: { title: string; holds(item: ItemView): boolean }[] = [
  { title: 'Waiting for you', holds: (item) => item.record === null && item.tone !== 'working' },
  { title: 'Being worked on', holds: (item) => item.record === null && item.tone === 'working' },
  { title: 'In the inventory', holds: (item) => item.record !== null },
]

/** The tray: everything on its way into the inventory, and what other clients ask for. */
export function ItemsPanel() {
  const items = useLab((lab) => lab.items)
  const changes = useLab((lab) => lab.changes)
  const { go } = usePlace()
  const photograph = () => {
    openPhotoChoice()
    // On a phone the chosen photos wait in the chat, which the panel hides.
    go({ kind: 'chat' })
  }
  if (!items) return <p className="panel-empty">Looking at the tray…</p>
  return (
    <>
      {changes && changes.length > 0 && (
        <section className="panel-section" aria-label="Requests">
          <h3>Requests</h3>
          {changes.map((change) => (
            <ChangeCard key={change.id} change={change} />
          ))}
        </section>
      )}
      {items.length === 0 && (
        <section className="panel-section" aria-label="Begin">
          <p className="panel-empty">
            Nothing is on its way into the inventory. It begins with a photo of the label.
          </p>
          <div className="actions">
            <Button icon="camera" onClick={photograph}>
              Photograph something
            </Button>
          </div>
        </section>
      )}
      <ConfirmAll items={items} />
      {groups.map(({ title, holds }) => {
        const held = items.filter(holds)
        if (held.length === 0) return null
        return (
          <section key={title} className="panel-section" aria-label={title}>
            <h3>{title}</h3>
            <ul className="rows">
              {held.map((item) => (
                <ItemRow key={item.id} item={item} />
              ))}
            </ul>
          </section>
        )
      })}
      <LabelSheet items={items} />
      <SetBack />
    </>
  )
}

function ItemRow({ item }: { item: ItemView }) {
  const { go } = usePlace()
  const nowMs = useNow(60_000)
  const photo = item.photos[0]
  const open = () => {
    const card = document.getElementById(`item-${item.id}`)
    if (!card) {
      go({ kind: 'item', itemId: item.id })
      return
    }
    // On a phone the chat is hidden while the panel is open.
    if (card.offsetParent === null) go({ kind: 'chat' })
    requestAnimationFrame(() => {
      card.scrollIntoView({ block: 'start' })
      card.focus({ preventScroll: true })
    })
  }
  return (
    <li>
      <button type="button" className="item-row" onClick={open}>
        {photo ? (
          <img
            className="item-photo"
            src={`/attachments/${encodeURIComponent(photo.attachmentId)}`}
            alt=""
            loading="lazy"
          />
        ) : (
          <span className="item-photo" />
        )}
        <span className="item-words">
          <span className="item-title">
            <span className="item-name">{item.title}</span>
            {item.sample && <Badge>Sample</Badge>}
          </span>
          <span className="item-state">
            <Status tone={item.tone}>{item.stateWords}</Status>
            {item.tag ? (
              <span className="mono">{item.tag}</span>
            ) : (
              <time dateTime={item.updatedAt}>{agoWords(item.updatedAt, nowMs)}</time>
            )}
          </span>
        </span>
      </button>
    </li>
  )
}
