import { ItemCard } from '../intake/item-card.tsx'
import { Button } from '../kit/button.tsx'
import { useConnection, useLab } from '../use-lab.ts'
import { usePlace } from './place.ts'

/** Where the code on a label leads when its record is in the built-in inventory. */
export function TagPanel({ tag }: { tag: string }) {
  const connection = useConnection()
  const { go } = usePlace()
  const items = useLab((lab) => lab.items)
  const isOpen = useLab((lab) => lab.conversation !== null)
  if (!items) return <p className="panel-empty">Looking for {tag}…</p>
  const item = items.find((one) => one.tag === tag)
  if (item) return <ItemCard item={item} isBeside />
  const ask = () => {
    void connection.send(`show ${tag}`, [])
    go({ kind: 'chat' })
  }
  return (
    <div className="panel-section">
      <p>
        <span className="mono">{tag}</span> is in the inventory.
      </p>
      <div className="actions">
        <Button look="primary" disabled={!isOpen} onClick={ask}>
          Show its record
        </Button>
      </div>
    </div>
  )
}
