import { type FormEvent, useId, useState } from 'react'
import type { MemoryView } from '../../agent/protocol/memory.ts'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useQuestionFocus } from '../kit/use-question-focus.ts'
import { useAsking } from '../use-asking.ts'

type Rule = MemoryView['rules'][number]

/** After how many days something goes; keeping it shorter than before is asked back. */
export function RetentionRule({ rule }: { rule: Rule }) {
  const id = useId()
  const { busy, refusal, ask, forget } = useAsking()
  const [typed, setTyped] = useState(typedOf(rule.days))
  const [isAsking, setIsAsking] = useState(false)
  const { keep, back } = useQuestionFocus<HTMLInputElement>(isAsking)
  const days = daysIn(typed)
  const isShorter = typeof days === 'number' && (rule.days === null || days < rule.days)
  const save = () => {
    if (days !== undefined) void ask('retention-set', { name: rule.name, days })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (days === undefined || days === rule.days || busy) return
    if (isShorter) setIsAsking(true)
    else save()
  }
  const leave = () => {
    setTyped(typedOf(rule.days))
    setIsAsking(false)
    forget()
  }
  return (
    <li className="row">
      <form className="retention" onSubmit={submit}>
        <label htmlFor={id}>{rule.label}</label>
        <span className="retention-days">
          <input
            ref={back}
            id={id}
            className="field-input mono"
            inputMode="numeric"
            autoComplete="off"
            placeholder="for good"
            aria-describedby={`${id}-words`}
            value={typed}
            disabled={busy || isAsking}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <span aria-hidden="true">days</span>
        </span>
        {days !== rule.days && !isAsking && (
          <Button type="submit" disabled={busy || days === undefined}>
            Save
          </Button>
        )}
      </form>
      <p className="panel-why" id={`${id}-words`}>
        {rule.words}
      </p>
      {days === undefined && (
        <p className="panel-note">Write 1 to 3650 days, or leave it empty to keep it for good.</p>
      )}
      {isAsking && (
        <div role="alert">
          <Notice tone="ask">
            <p>{`What is older than ${days === 1 ? 'a day' : `${days} days`} goes within the hour. That cannot be taken back.`}</p>
            <div className="actions">
              <Button look="danger" disabled={busy} onClick={save}>
                Keep it shorter
              </Button>
              <Button ref={keep} look="quiet" disabled={busy} onClick={leave}>
                Leave it
              </Button>
            </div>
          </Notice>
        </div>
      )}
      <Refusal why={refusal} />
    </li>
  )
}

function typedOf(days: number | null): string {
  return days === null ? '' : String(days)
}

/** null: for good; undefined: that is no number of days. */
function daysIn(typed: string): number | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return days >= 1 && days <= 3650 ? days : undefined
}
