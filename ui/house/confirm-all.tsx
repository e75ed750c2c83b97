import { useEffect, useId, useState } from 'react'
import type { ItemView } from '../../agent/protocol/items.ts'
import type { ResponseValues } from '../../agent/protocol.ts'
import { isCertainDuplicate } from '../intake/item-look.ts'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

/** As many as one request holds. */
const mostAtOnce = 50

/** One request for everything that the gate lets through; each item can still be left out on its card. */
export function ConfirmAll({ items }: { items: ItemView[] }) {
  const printers = useLab((lab) => lab.bench?.printers.length ?? 0)
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  const [print, setPrint] = useState(true)
  const [left, setLeft] = useState<ResponseValues['items-propose']['left']>([])
  const { busy, refusal, ask } = useAsking()
  const filed = useFocusOnRequest()
  const printId = useId()
  const ready = items.filter(isReady).slice(0, mostAtOnce)
  if (ready.length < 2 && left.length === 0 && refusal === null) return null
  const propose = async () => {
    const itemIds = ready.map((item) => item.id)
    const answer = await ask('items-propose', { itemIds, print: print && printers > 0 })
    if (answer.kind !== 'ok') return
    setLeft(answer.value.left)
    filed(answer.value.changeId)
  }
  return (
    <section className="panel-section" aria-label="Confirm together">
      {ready.length > 1 && (
        <div className="actions">
          <Button disabled={busy || readOnly} onClick={propose}>
            {`Confirm all that are ready (${ready.length})`}
          </Button>
          {printers > 0 && (
            <label className="step-toggle" htmlFor={printId}>
              <input
                id={printId}
                type="checkbox"
                checked={print}
                onChange={(event) => setPrint(event.currentTarget.checked)}
              />
              <span>Print their labels</span>
            </label>
          )}
        </div>
      )}
      <Refusal why={refusal} />
      <div role="status">
        {left.length > 0 && (
          <Notice tone="ask">
            <p>{`${left.length} not in the request:`}</p>
            <ul>
              {left.map(({ name, why }) => (
                <li key={name}>{`${name}: ${why}`}</li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
    </section>
  )
}

function isReady(item: ItemView): boolean {
  return (
    item.state === 'researched' &&
    item.tone === 'ask' &&
    item.record === null &&
    !item.sample &&
    !isCertainDuplicate(item)
  )
}

/** Once the filed request is drawn, its card is where one goes on: it says what will be done. */
function useFocusOnRequest(): (changeId: string) => void {
  const changes = useLab((lab) => lab.changes)
  const [changeId, setChangeId] = useState<string | null>(null)
  useEffect(() => {
    if (changeId === null || !changes?.some((change) => change.id === changeId)) return
    const card = document.querySelector<HTMLElement>(`.panel [data-change="${CSS.escape(changeId)}"]`)
    card?.scrollIntoView({ block: 'start' })
    card?.focus({ preventScroll: true })
    setChangeId(null)
  }, [changeId, changes])
  return setChangeId
}
