import type { Part } from '../../agent/protocol/messages.ts'
import { Disclosure } from '../kit/disclosure.tsx'
import { Mark, type Tone } from '../kit/status.tsx'
import type { LabState } from '../lab-state.ts'
import { WhatItSaid } from '../others/what-it-said.tsx'
import { useLab } from '../use-lab.ts'
import { drawingFor } from './result-drawing.ts'
import { RunningCall } from './running-call.tsx'

export type ToolCallPart = Extract<Part, { kind: 'tool-call' }>

const tones: Record<ToolCallPart['state'], Tone> = {
  running: 'working',
  waiting: 'ask',
  done: 'good',
  failed: 'bad',
  declined: 'muted',
  expired: 'muted',
}

const words: Record<ToolCallPart['state'], string> = {
  running: 'working…',
  waiting: 'waiting for you',
  done: 'done',
  failed: 'failed',
  declined: 'declined',
  expired: 'expired',
}

/** The person has decided; what was approved is being carried out. */
function isDecided({ items, changes }: LabState, changeId: string | null): boolean {
  const change =
    items?.find((item) => item.change?.id === changeId)?.change ?? changes?.find((one) => one.id === changeId)
  return change?.state === 'approved' || change?.state === 'executing'
}

/** What became of a request is on its card and in the answer below; here a word is enough. */
function shortOutcome({ changeId, outcome, state }: ToolCallPart): string {
  return changeId === null ? (outcome ?? words[state]) : words[state]
}

/** One quiet line; what was asked and what came back is behind it. */
export function ToolCall({ call }: { call: ToolCallPart }) {
  const Drawing = drawingFor(call.tool)
  const isJob = call.state === 'running' && call.job !== undefined
  const decided = useLab((lab) => call.state === 'waiting' && isDecided(lab, call.changeId))
  return (
    <div className="tool-call">
      <Disclosure
        summary={
          <span className="tool-call-line">
            <Mark tone={decided ? 'working' : tones[call.state]} />
            <span className="tool-call-title">{call.title}</span>
            <span className="tool-call-outcome">
              {decided ? 'approved, on its way' : isJob ? words.running : shortOutcome(call)}
            </span>
          </span>
        }
      >
        <dl className="facts">
          <dt>Tool</dt>
          <dd className="mono">{`${call.server} · ${call.tool}`}</dd>
          <dt>Asked</dt>
          <dd>
            <pre className="tool-call-input">{call.input}</pre>
          </dd>
          <dt>Outcome</dt>
          <dd>{call.outcome ?? words[call.state]}</dd>
          {call.origin === 'salvaged' && (
            <>
              <dt>How it came</dt>
              <dd>The model wrote it as text or in a broken form; HWLab repaired it.</dd>
            </>
          )}
        </dl>
      </Disclosure>
      {call.state === 'running' && call.job && (
        <RunningCall callId={call.callId} title={call.title} words={call.outcome} job={call.job} />
      )}
      <WhatItSaid result={call.result} />
      {Drawing && call.state === 'done' && call.result !== null && <Drawing result={call.result} />}
    </div>
  )
}
