import { useState } from 'react'
import { openPhotoChoice } from '../chat/photo-buttons.tsx'
import { Button } from '../kit/button.tsx'
import { useConnection } from '../use-lab.ts'

/** `/a/HW-00007` of a label that nothing in the inventory has yet. */
export function tagIn(pathname: string): string | null {
  return /^\/a\/([A-Za-z0-9-]{1,32})\/?$/.exec(pathname)?.[1]?.toUpperCase() ?? null
}

/** A scanned label without a record: the intake that begins here claims it. */
export function UnknownTag() {
  const connection = useConnection()
  const [tag, setTag] = useState(() => tagIn(location.pathname))
  if (!tag) return null
  const leave = () => {
    history.replaceState(null, '', '/')
    setTag(null)
  }
  const describe = () => {
    void connection.send(`Start an intake for the thing with the label ${tag}.`, [])
    leave()
  }
  return (
    <section className="unknown-tag" aria-label={`Label ${tag}`}>
      <h2>
        <span className="mono">{tag}</span> is not in the inventory yet
      </h2>
      <p>
        Photograph the thing with this label in the picture: its record will get this tag. Or begin without a
        photo and fill in what you know.
      </p>
      <div className="actions">
        <Button look="primary" icon="camera" onClick={openPhotoChoice}>
          Photograph it
        </Button>
        <Button onClick={describe}>Begin without a photo</Button>
        <Button look="quiet" onClick={leave}>
          Not now
        </Button>
      </div>
    </section>
  )
}
