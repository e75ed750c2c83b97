import { type FormEvent, useState } from 'react'
import { Button } from '../kit/button.tsx'

interface FormFacts {
  text: string
  isPrivate: boolean
  label: string
  /** Of the button that sends it. */
  words: string
  busy: boolean
  /** It opens where the person asked for it, or goes on with the next one. */
  hasFocus: boolean
  onSend(fact: { text: string; isPrivate: boolean }): void
  onLeave?(): void
}

const charactersMax = 200

/** One sentence, and whether it stays on this network. */
export function FactForm({ label, words, busy, hasFocus, onSend, onLeave, ...before }: FormFacts) {
  const [text, setText] = useState(before.text)
  const [isPrivate, setIsPrivate] = useState(before.isPrivate)
  const left = charactersMax - text.trim().length
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && text.trim() !== '') onSend({ text, isPrivate })
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
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus={hasFocus}
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
