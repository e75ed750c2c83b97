import { useState } from 'react'
import { Dialog } from '../../kit/dialog.tsx'

/** A photo of a tester; a click shows it large. */
export function LampPicture({ attachmentId, words }: { attachmentId: string; words: string }) {
  const [isLarge, setLarge] = useState(false)
  const source = `/attachments/${encodeURIComponent(attachmentId)}`
  return (
    <>
      <button
        type="button"
        className="lamp-picture"
        aria-label={`Look closer: ${words}`}
        onClick={() => setLarge(true)}
      >
        <img src={source} alt="" loading="lazy" />
      </button>
      <Dialog title={words} open={isLarge} onClose={() => setLarge(false)}>
        <img className="lamp-large" src={source} alt={words} />
      </Dialog>
    </>
  )
}
