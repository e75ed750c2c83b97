import { type DragEvent, useState } from 'react'
import { Composer } from './composer.tsx'
import { Thread } from './thread.tsx'
import { usePhotos } from './use-photos.ts'

/** The conversation and the composer; a photo may be dropped anywhere on them. */
export function Chat() {
  const chosen = usePhotos()
  const [over, setOver] = useState(false)
  const withFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the buttons do the same
    <div
      className={`chat ${over ? 'chat-dropping' : ''}`}
      onDragOver={(event) => {
        if (!withFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null))
          setOver(false)
      }}
      onDrop={(event) => {
        if (!withFiles(event)) return
        event.preventDefault()
        setOver(false)
        void chosen.add([...event.dataTransfer.files])
      }}
    >
      <Thread />
      <Composer chosen={chosen} />
      {over && (
        <div className="drop-hint" aria-hidden="true">
          Drop up to three photos of one thing
        </div>
      )}
    </div>
  )
}
