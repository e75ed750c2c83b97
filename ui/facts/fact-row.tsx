import { useEffect, useRef, useState } from 'react'
import type { FactsView } from '../../agent/protocol/facts.ts'
import { Badge } from '../kit/badge.tsx'
import { IconButton } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Refusal } from '../kit/notice.tsx'
import { useNow } from '../kit/use-now.ts'
import { useAsking } from '../use-asking.ts'
import { FactForm } from './fact-form.tsx'

/** One sentence, with who had it remembered and when. */
export function FactRow({ fact }: { fact: FactsView['facts'][number] }) {
  const [isEdited, setIsEdited] = useState(false)
  const { busy, refusal, ask, forget } = useAsking()
  const nowMs = useNow(60_000)
  const { id, text, isPrivate, originWords, setBy, setAt } = fact
  const edit = useRef<HTMLButtonElement>(null)
  const wasEdited = useRef(false)
  useEffect(() => {
    if (wasEdited.current && !isEdited) edit.current?.focus()
    wasEdited.current = isEdited
  }, [isEdited])
  const leave = () => {
    forget()
    setIsEdited(false)
  }
  if (isEdited)
    return (
      <li className="row fact-edited">
        <FactForm
          text={text}
          isPrivate={isPrivate}
          label="Sentence"
          words="Save"
          busy={busy}
          onLeave={leave}
          onSend={async (edited) => {
            const answer = await ask('fact-edit', { factId: id, ...edited })
            if (answer.kind === 'ok') leave()
            return answer.kind === 'ok'
          }}
        />
        <Refusal why={refusal} />
      </li>
    )
  return (
    <li className="row fact">
      <div className="fact-words">
        <p className="fact-text">{text}</p>
        <p className="fact-about">
          {`${setBy}, ${agoWords(setAt, nowMs)}, ${originWords}`}
          {isPrivate && <Badge>Stays on this network</Badge>}
        </p>
      </div>
      <span className="fact-actions">
        <IconButton
          ref={edit}
          icon="edit"
          label={`Edit “${text}”`}
          disabled={busy}
          onClick={() => setIsEdited(true)}
        />
        <IconButton
          icon="close"
          label={`Delete “${text}”`}
          disabled={busy}
          onClick={() => ask('fact-forget', { factId: id })}
        />
      </span>
      <Refusal why={refusal} />
    </li>
  )
}
