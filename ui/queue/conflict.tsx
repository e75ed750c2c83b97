import { useId, useState } from 'react'
import type { QueueView } from '../../agent/protocol/queue.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { readsAsCode } from '../kit/reads-as-code.ts'
import { useAsking } from '../use-asking.ts'

type Operation = QueueView['operations'][number]
type Field = Operation['conflict'][number]
type Choice = 'mine' | 'netbox'

/** Fields that were changed on both sides. NetBox’s value counts unless the person says otherwise; Enter accepts. */
export function Conflict({ operation }: { operation: Operation }) {
  const [choices, setChoices] = useState<Record<string, Choice>>({})
  const { busy, refusal, ask } = useAsking()
  const of = ({ field }: Field): Choice => choices[field] ?? 'netbox'
  const shown = Object.fromEntries(operation.conflict.map((field) => [field.field, of(field)]))
  return (
    <form
      className="conflict"
      aria-label={`Changed in NetBox too: ${operation.title}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void ask('conflict-choose', { operationId: operation.id, choices: shown })
      }}
    >
      {operation.conflict.map((field) => (
        <ConflictField
          key={field.field}
          field={field}
          choice={of(field)}
          onChoose={(choice) => setChoices({ ...choices, [field.field]: choice })}
        />
      ))}
      <div className="actions">
        <Button type="submit" look="primary" disabled={busy}>
          {submitWords(operation.conflict.map(of))}
        </Button>
        <Button
          look="quiet"
          disabled={busy}
          onClick={() => ask('operation-act', { operationId: operation.id, action: 'cancel' })}
        >
          Cancel the change
        </Button>
      </div>
      <Refusal why={refusal} />
    </form>
  )
}

interface FieldFacts {
  field: Field
  choice: Choice
  onChoose(choice: Choice): void
}

function ConflictField({ field, choice, onChoose }: FieldFacts) {
  const name = useId()
  const option = (value: Choice, label: string, text: string | null) => (
    <label className="conflict-option">
      <input type="radio" name={name} checked={choice === value} onChange={() => onChoose(value)} />
      <span className="conflict-side">{label}</span>
      <Value text={text} />
    </label>
  )
  return (
    <fieldset className="conflict-field">
      <legend>{field.label}</legend>
      {option('netbox', 'NetBox says', field.netbox)}
      {option('mine', 'Keep mine', field.mine)}
      <p className="conflict-base">
        <span className="conflict-side">Before</span>
        <Value text={field.base} />
      </p>
    </fieldset>
  )
}

function Value({ text }: { text: string | null }) {
  return text === null ? (
    <span className="conflict-empty">empty</span>
  ) : (
    <span className={`conflict-value ${readsAsCode(text) ? 'mono' : ''}`}>{text}</span>
  )
}

function submitWords(choices: Choice[]): string {
  if (choices.every((choice) => choice === 'netbox')) return 'Take NetBox’s'
  return choices.every((choice) => choice === 'mine') ? 'Keep mine' : 'Save these choices'
}
