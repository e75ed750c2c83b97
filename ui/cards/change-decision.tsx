import { type ReactNode, useRef, useState } from 'react'
import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ItemView } from '../../agent/protocol/items.ts'
import type { QueueView } from '../../agent/protocol/queue.ts'
import { changeLook } from '../intake/item-look.ts'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useNow } from '../kit/use-now.ts'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { approveWords } from './approve-words.ts'
import { ChangeLines } from './change-lines.tsx'
import { ChangeSteps } from './change-steps.tsx'
import { Expiry } from './expiry.tsx'
import { StepChoice } from './step-choice.tsx'

interface DecisionFacts {
  change: ChangeView
  item: ItemView | null
  /** The label as it will be printed, if there is one. */
  preview: ReactNode
}

/** A change request in its five looks: to be decided, running, done, failed, over without a decision. */
export function ChangeDecision({ change, item, preview }: DecisionFacts) {
  const look = changeLook(change)
  const queued = useLab((lab) =>
    lab.queue?.operations.find((one) => one.tag !== null && one.tag === item?.tag),
  )
  if (look === 'waiting') return <OpenDecision change={change} item={item} preview={preview} />
  if (look === 'expired') return <Notice tone="muted">{change.stateWords}</Notice>
  const told = change.steps.some((step) => step.state === 'failed' && step.outcome !== null)
  return (
    <div className="decision">
      {look === 'failed' && !told && (
        <Notice tone={change.state === 'unknown' ? 'ask' : 'bad'}>{change.stateWords}</Notice>
      )}
      <ChangeSteps steps={change.steps} writing={queued ? queueWords(queued) : null} />
      {change.decidedBy && <p className="decided-by">{`Decided by ${change.decidedBy}`}</p>}
    </div>
  )
}

function fateOf({ steps }: ChangeView): 'written' | 'sent' {
  return steps.some(({ kind }) => kind.startsWith('others.')) ? 'sent' : 'written'
}

function queueWords({ stateWords, why }: QueueView['operations'][number]): string {
  return why === null ? stateWords : `${stateWords}. ${why}`
}

function OpenDecision({ change, item, preview }: DecisionFacts) {
  const [leaveOut, setLeaveOut] = useState<number[]>([])
  const { busy, refusal, ask } = useAsking()
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  const online = useLab((lab) => lab.link === 'online')
  const nowMs = useNow(1000)
  const over = Date.parse(change.expiresAt) <= nowMs
  const actions = useRef<HTMLDivElement>(null)
  const decide = async (decision: 'approve' | 'decline') => {
    const { id, digest } = change
    const kept = decision === 'approve' ? leaveOut : []
    // The buttons go away with the decision; the card that they were on stays in focus.
    actions.current?.closest<HTMLElement>('.card')?.focus({ preventScroll: true })
    await ask('change-decide', { changeId: id, digest, decision, leaveOut: kept })
  }
  return (
    <div className="decision">
      {change.warnings.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark: the same card may stand beside the chat
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <div className="warnings" role="group" aria-label={`${change.title}: warnings`} tabIndex={0}>
          {change.warnings.map((warning) => (
            <Notice key={warning} tone="ask">
              {warning}
            </Notice>
          ))}
        </div>
      )}
      <ChangeLines lines={change.lines} title={change.title} fate={fateOf(change)} />
      <StepChoice
        change={change}
        item={item}
        leaveOut={leaveOut}
        onLeaveOut={setLeaveOut}
        preview={preview}
      />
      {readOnly && (
        <Notice tone="muted">HWLab is in read-only mode: nothing can be written or printed.</Notice>
      )}
      {!online && <Notice tone="muted">HWLab is not connected right now. Decide when it is back.</Notice>}
      <div ref={actions} className="actions decision-actions">
        <Button
          look="primary"
          disabled={busy || over || readOnly || !online}
          onClick={() => decide('approve')}
        >
          {approveWords(change, leaveOut)}
        </Button>
        <Button disabled={busy || over || !online} onClick={() => decide('decline')}>
          Decline
        </Button>
        <Expiry expiresAt={change.expiresAt} nowMs={nowMs} />
      </div>
      <Refusal why={refusal} />
    </div>
  )
}
