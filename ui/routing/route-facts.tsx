import { useEffect, useState } from 'react'
import type { RouteView } from '../../agent/protocol/routing.ts'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { LearnThis } from './learn-this.tsx'

/** Which models were thought of for this answer, and what became of each. Asked for when somebody looks. */
export function RouteFacts({ messageId }: { messageId: string }) {
  const { ask, refusal } = useAsking()
  const [route, setRoute] = useState<RouteView | null>(null)
  useEffect(() => {
    let isGone = false
    void ask('route-open', { messageId }).then((answer) => {
      if (!isGone && answer.kind === 'ok') setRoute(answer.value.route)
    })
    return () => {
      isGone = true
    }
  }, [ask, messageId])
  if (!route) return <Refusal why={refusal} />
  return (
    <section className="route-facts" aria-label="How it was chosen">
      {route.asked && <p>{route.asked}</p>}
      <p>{route.words}</p>
      <ul hidden={route.models.length === 1}>
        {route.models.map((model) => (
          <li key={`${model.name} ${model.words}`}>{`${model.name}: ${model.words}`}</li>
        ))}
      </ul>
      {route.canLearn && <LearnThis messageId={messageId} task={route.task} />}
    </section>
  )
}
