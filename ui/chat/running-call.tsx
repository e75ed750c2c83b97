import type { CallJob } from '../../agent/protocol/calls.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useNow } from '../kit/use-now.ts'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

interface RunningFacts {
  callId: string
  title: string
  /** What the server said last. */
  words: string | null
  job: CallJob
}

/** A call that takes long: for how long by now, how far it is where the server says so, and a way to end it. */
export function RunningCall({ callId, title, words, job }: RunningFacts) {
  const conversationId = useLab((lab) => lab.conversation?.id)
  const { busy, refusal, ask } = useAsking()
  const nowMs = useNow(1000)
  return (
    <section className="running-call" aria-label={`${title}: running`}>
      {job.share !== null && <progress value={job.share} max={1} aria-label={`${title}: how far`} />}
      <p className="running-call-words">
        <span>{words ?? 'It takes a while.'}</span>
        <span className="running-call-time">{`for ${runningWords(nowMs - Date.parse(job.startedAt))}`}</span>
      </p>
      <Button
        disabled={busy || conversationId === undefined}
        onClick={() => conversationId && ask('call-cancel', { conversationId, callId })}
      >
        {busy ? 'Cancelling…' : 'Cancel'}
      </Button>
      <Refusal why={refusal} />
    </section>
  )
}

/** "12 s", "2 min 5 s" */
function runningWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
