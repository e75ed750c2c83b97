import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useConnection, useLab } from '../use-lab.ts'
import { ChosenPhotos } from './chosen-photos.tsx'
import { PhotoButtons } from './photo-buttons.tsx'
import { useDraft } from './use-draft.ts'
import type { Photos } from './use-photos.ts'

const charactersMax = 20_000

export function Composer({ chosen }: { chosen: Photos }) {
  const connection = useConnection()
  const conversationId = useLab((lab) => lab.conversation?.id)
  const running = useLab((lab) => lab.run !== null)
  const online = useLab((lab) => lab.link === 'online')
  const [text, setText] = useDraft(conversationId)
  const [refused, setRefused] = useState<string | null>(null)
  const area = useRef<HTMLTextAreaElement>(null)

  const stored = chosen.photos.flatMap((photo) => (photo.kind === 'stored' ? [photo] : []))
  const uploading = chosen.photos.some((photo) => photo.kind === 'uploading')
  const nothing = text.trim() === '' && stored.length === 0
  const blocked = nothing || uploading || running || !online || !conversationId

  const send = () => {
    if (blocked) return
    if (text.length > charactersMax) {
      setRefused(
        `This text has ${text.length.toLocaleString()} characters; a message can have ${charactersMax.toLocaleString()}. Shorten it, or send it in parts.`,
      )
      return
    }
    setRefused(null)
    void connection.send(
      text.trim(),
      stored.map(({ attachmentId, name }) => ({ attachmentId, name })),
    )
    setText('')
    chosen.clear()
    area.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    void chosen.add(files)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <form className="composer" onSubmit={onSubmit} aria-label="New message">
      <Refusal why={refused} />
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
          {running ? (
            <StopButton />
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

function StopButton() {
  const connection = useConnection()
  const conversationId = useLab((lab) => lab.conversation?.id)
  if (!conversationId) return null
  return (
    <Button icon="stop" onClick={() => connection.request('run-stop', { conversationId })}>
      Stop
    </Button>
  )
}
