import { type FormEvent, useState } from 'react'
import { Button } from '../kit/button.tsx'

interface FormFacts {
  text: string
  isPrivate: boolean
  label: string
  /** Of the button that sends it. */
  words: string
  busy: boolean
  /** Whether it was taken; then the form is as it was at first. */
  onSend(fact: { text: string; isPrivate: boolean }): Promise<boolean>
  onLeave?(): void
}

const charactersMax = 200

/** One sentence, and whether it stays on this network. */
export function FactForm({ label, words, busy, onSend, onLeave, ...before }: FormFacts) {
  const [text, setText] = useState(before.text)
  const [isPrivate, setIsPrivate] = useState(before.isPrivate)
  const left = charactersMax - text.trim().length
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || text.trim() === '' || !(await onSend({ text, isPrivate }))) return
    setText(before.text)
    setIsPrivate(before.isPrivate)
  }
  return (
    <form className="fact-form" onSubmit={send}>
      <input
        className="field-input"
        aria-label={label}
        autoComplete="off"
        placeholder="labels go on 29x90"
        value={text}
        disabled={busy}
        // biome-ignore lint/a11y/noAutofocus: it opens where the person asked to edit
        autoFocus={onLeave !== undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onLeave?.()
        }}
      />
      <label className="step-toggle">
        <input
          type="checkbox"
          checked={isPrivate}
          disabled={busy}
          onChange={(event) => setIsPrivate(event.currentTarget.checked)}
        />
        <span>Stays on this network: no cloud model is told</span>
      </label>
      <div className="actions">
        <Button type="submit" look="primary" disabled={busy || text.trim() === ''}>
          {words}
        </Button>
        {onLeave && (
          <Button look="quiet" disabled={busy} onClick={onLeave}>
            Keep the old one
          </Button>
        )}
        {left < 40 && (
          <span className="panel-note">
            {left >= 0 ? `${left} characters left` : `${-left} characters too many`}
          </span>
        )}
      </div>
    </form>
  )
}
