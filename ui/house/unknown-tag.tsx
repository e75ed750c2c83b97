import { openPhotoChoice } from '../chat/photo-buttons.tsx'
import { Button } from '../kit/button.tsx'
import { useConnection, useLab } from '../use-lab.ts'
import { usePlace } from './place.ts'

/** A scanned label without a record: the intake that begins here claims it. */
export function UnknownTag() {
  const connection = useConnection()
  const { claim, dropClaim } = usePlace()
  const isOpen = useLab((lab) => lab.conversation !== null)
  if (!claim) return null
  const describe = () => {
    void connection.send(`Start an intake for the thing with the label ${claim}.`, [])
    dropClaim()
  }
  return (
    <section className="unknown-tag" aria-label={`Label ${claim}`}>
      <h2>
        <span className="mono">{claim}</span> is not in the inventory yet
      </h2>
      <p>
        Photograph the thing that carries this label: its record will get this tag. Or begin without a photo
        and fill in what you know.
      </p>
      <div className="actions">
        <Button look="primary" icon="camera" onClick={openPhotoChoice}>
          Photograph it
        </Button>
        <Button disabled={!isOpen} onClick={describe}>
          Begin without a photo
        </Button>
        <Button look="quiet" onClick={dropClaim}>
          Not now
        </Button>
      </div>
    </section>
  )
}
