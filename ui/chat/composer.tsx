import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useRef } from 'react'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { WhoAnswers } from '../routing/who-answers.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { ChosenPhotos } from './chosen-photos.tsx'
import { PhotoButtons } from './photo-buttons.tsx'
import type { Photos } from './use-photos.ts'
import { useSending } from './use-sending.ts'

export function Composer({ chosen }: { chosen: Photos }) {
  const { text, setText, refusal, blocked, running, send } = useSending(chosen)
  const area = useRef<HTMLTextAreaElement>(null)
  const conversationId = useLab((lab) => lab.conversation?.id)
  const stopping = useAsking()

  const submit = () => {
    if (!send()) return
    stopping.forget()
    area.current?.focus()
  }
  const stop = () => {
    if (conversationId) void stopping.ask('run-stop', { conversationId })
    // The button goes with the answer.
    area.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    void chosen.add(files)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  return (
    <form className="composer" onSubmit={onSubmit} aria-label="New message">
      <Refusal why={refusal ?? stopping.refusal} />
      <div className="composer-box">
        <ChosenPhotos photos={chosen.photos} onRemove={chosen.remove} />
        <textarea
          ref={area}
          className="composer-text"
          rows={1}
          aria-label="Message"
          placeholder="Describe a thing, ask, or drop a photo here"
          enterKeyHint="send"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className="composer-row">
          <PhotoButtons chosen={chosen} />
          <WhoAnswers />
          {running ? (
            <Button icon="stop" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button type="submit" look="primary" icon="send" disabled={blocked}>
              Send
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}
