import { usePlace } from '../house/place.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

interface StartItemFacts {
  from: { request: 'console-intake'; sessionId: string } | { request: 'device-intake'; key: string }
  look: 'primary' | 'plain'
  /** Of the device, which tells one such button from the others. */
  name: string
  /** A stack is one item a member. */
  count: number
  /** The item that it belongs to already. */
  itemId: string | null
}

/** Makes an item of what a device said of itself, or adds that to the item with its serial number. */
export function StartItem({ from, look, name, count, itemId }: StartItemFacts) {
  const { busy, refusal, ask } = useAsking()
  const { go } = usePlace()
  const items = useLab((lab) => lab.items)
  const itsItem = items?.find((item) => item.id === itemId)
  const start = async () => {
    const answer =
      from.request === 'console-intake'
        ? await ask(from.request, { sessionId: from.sessionId })
        : await ask(from.request, { key: from.key })
    const [first] = answer.kind === 'ok' ? answer.value.itemIds : []
    if (first !== undefined) go(count > 1 ? { kind: 'items' } : { kind: 'item', itemId: first })
  }
  const words = count > 1 ? `Start ${count} items` : 'Start an item'
  if (itsItem)
    return (
      <Button look={look} onClick={() => go({ kind: 'item', itemId: itsItem.id })}>
        Open its item
      </Button>
    )
  return (
    <>
      <Button look={look} disabled={busy} aria-label={`${words}: ${name}`} onClick={() => void start()}>
        {words}
      </Button>
      <Refusal why={refusal} />
    </>
  )
}
