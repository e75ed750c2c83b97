import { useId, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

/** Below an answer: what the question asked for, when HWLab read it wrongly. */
export function LearnThis({ messageId, task }: { messageId: string; task: string | null }) {
  const id = useId()
  const tasks = useLab((lab) => lab.routing?.tasks)
  const { busy, refusal, ask } = useAsking()
  const [chosen, setChosen] = useState(task ?? '')
  const [learnt, setLearnt] = useState<string | null>(null)
  if (!tasks) return null
  const learn = async () => {
    const answer = await ask('route-learn', { messageId, task: chosen })
    if (answer.kind === 'ok') setLearnt(answer.value.words)
  }
  return (
    <div className="learn-this">
      <label htmlFor={id}>It asks for</label>
      <select
        id={id}
        className="learn-this-choice"
        value={chosen}
        disabled={busy}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        {chosen === '' && <option value="">choose…</option>}
        {tasks.map((one) => (
          <option key={one.task} value={one.task}>
            {one.name}
          </option>
        ))}
      </select>
      <Button look="quiet" disabled={busy || chosen === ''} onClick={() => void learn()}>
        Learn this
      </Button>
      <span role="status">{learnt}</span>
      <Refusal why={refusal} />
    </div>
  )
}
