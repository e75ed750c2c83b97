import type { StageView } from '../../agent/protocol/items.ts'
import { Disclosure } from '../kit/disclosure.tsx'
import { Mark, type Tone } from '../kit/status.tsx'

const tones: Record<StageView['status'], Tone> = {
  waiting: 'muted',
  working: 'working',
  done: 'good',
  failed: 'bad',
  skipped: 'muted',
}

/** Step by step while it works; one quiet line afterwards. */
export function Stages({ stages }: { stages: StageView[] }) {
  if (stages.length === 0) return null
  const list = (
    <ol className="stages">
      {stages.map((stage) => (
        <li key={stage.name} className={`stage stage-${stage.status}`}>
          <Mark tone={tones[stage.status]} />
          <span className="stage-name">{stage.name}</span>
          <span className="stage-words">{stage.status === 'waiting' ? 'waits' : stage.words}</span>
        </li>
      ))}
    </ol>
  )
  if (stages.some((stage) => stage.status === 'working' || stage.status === 'failed')) return list
  const ended = stages.filter((stage) => stage.status === 'done').map((stage) => stage.words)
  return <Disclosure summary={`How it was read: ${ended.join(' · ')}`}>{list}</Disclosure>
}
