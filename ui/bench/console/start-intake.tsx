import type { ConsoleSessionView } from '../../../agent/protocol/consoles.ts'
import { usePlace } from '../../house/place.ts'
import { Button } from '../../kit/button.tsx'
import { useAsking } from '../../use-asking.ts'
import { useLab } from '../../use-lab.ts'

/** Makes an item of what a console said, one a chassis, or adds it to the item that the session belongs to. */
export function StartIntake({ session }: { session: ConsoleSessionView }) {
  const { busy, refusal, ask } = useAsking()
  const { go } = usePlace()
  const items = useLab((lab) => lab.items)
  const itsItem = items?.find((item) => item.id === session.itemId)
  const count = session.facts?.chassis.length ?? 1
  const start = async () => {
    const answer = await ask('console-intake', { sessionId: session.id })
    const [itemId] = answer.kind === 'ok' ? answer.value.itemIds : []
    if (itemId !== undefined) go(count > 1 ? { kind: 'items' } : { kind: 'item', itemId })
  }
  if (itsItem)
    return (
      <Button look="primary" onClick={() => go({ kind: 'item', itemId: itsItem.id })}>
        Open its item
      </Button>
    )
  return (
    <>
      <Button look="primary" disabled={busy} onClick={() => void start()}>
        {count > 1 ? `Start ${count} items` : 'Start an item'}
      </Button>
      {refusal && (
        <p role="alert" className="panel-why">
          {refusal}
        </p>
      )}
    </>
  )
}
