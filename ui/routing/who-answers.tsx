import { useId } from 'react'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

/** The switch beside the message: who answers in this conversation. What cannot be had says why. */
export function WhoAnswers() {
  const id = useId()
  const conversationId = useLab((lab) => lab.conversation?.id)
  const routing = useLab((lab) => lab.routing)
  const { busy, refusal, ask } = useAsking()
  if (!routing || conversationId === undefined) return null
  const wish = routing.chosen.find((one) => one.conversationId === conversationId)?.wish ?? 'auto'
  const isOffered = routing.choices.some((choice) => choice.wish === wish)
  return (
    <div className="who-answers">
      <label className="sr-only" htmlFor={id}>
        Who answers
      </label>
      <select
        id={id}
        className="who-answers-choice"
        value={wish}
        disabled={busy}
        onChange={(event) => ask('route-use', { conversationId, wish: event.currentTarget.value })}
      >
        {!isOffered && <option value={wish}>{`${wish} (not connected)`}</option>}
        {routing.choices.map((choice) => (
          <option key={choice.wish} value={choice.wish}>
            {choice.whyNot === null ? choice.name : `${choice.name} (not now)`}
          </option>
        ))}
      </select>
      <Refusal why={refusal} />
    </div>
  )
}
