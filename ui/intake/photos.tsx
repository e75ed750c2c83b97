import { useState } from 'react'
import type { ItemView } from '../../agent/protocol/items.ts'
import { Dialog } from '../kit/dialog.tsx'

type Photo = ItemView['photos'][number]

interface Mark {
  key: string
  field: string
  box: { left: number; top: number; width: number; height: number }
}

function marksOn(item: ItemView, attachmentId: string): Mark[] {
  return item.fields.flatMap((field) =>
    field.evidence.flatMap((evidence) =>
      evidence.crop?.attachmentId === attachmentId
        ? [{ key: evidence.id, field: field.field, box: evidence.crop.box }]
        : [],
    ),
  )
}

/** The photos of an item; where the looked-at field was read is outlined, the rest only faintly. */
export function Photos({ item, lookedAt }: { item: ItemView; lookedAt: string | null }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [large, setLarge] = useState(false)
  const evident = item.photos.find((photo) =>
    marksOn(item, photo.attachmentId).some((mark) => mark.field === lookedAt),
  )
  const photo = item.photos.find((one) => one.attachmentId === chosen) ?? evident ?? item.photos[0]
  if (!photo) return null
  return (
    <div className="photos">
      <button
        type="button"
        className="photo-open"
        aria-label={`Look closer at ${photo.name}`}
        onClick={() => setLarge(true)}
      >
        <MarkedPhoto item={item} photo={photo} lookedAt={lookedAt} />
      </button>
      {item.photos.length > 1 && (
        <ul className="photo-strip" aria-label="Photos">
          {item.photos.map((one, index) => (
            <li key={one.attachmentId}>
              <button
                type="button"
                className="photo-thumb"
                aria-label={`Photo ${index + 1}: ${one.name}`}
                aria-pressed={one.attachmentId === photo.attachmentId}
                onClick={() => setChosen(one.attachmentId)}
              >
                <img src={`/attachments/${encodeURIComponent(one.attachmentId)}`} alt="" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Dialog title={photo.name} open={large} onClose={() => setLarge(false)}>
        <MarkedPhoto item={item} photo={photo} lookedAt={lookedAt} />
      </Dialog>
    </div>
  )
}

function MarkedPhoto({ item, photo, lookedAt }: { item: ItemView; photo: Photo; lookedAt: string | null }) {
  const { widthPixels, heightPixels } = photo
  return (
    <span className="photo" style={{ aspectRatio: `${widthPixels} / ${heightPixels}` }}>
      <img src={`/attachments/${encodeURIComponent(photo.attachmentId)}`} alt={item.title} />
      <svg className="photo-marks" viewBox={`0 0 ${widthPixels} ${heightPixels}`} aria-hidden="true">
        {marksOn(item, photo.attachmentId).map(({ key, field, box }) => (
          <rect
            key={key}
            className={field === lookedAt ? 'photo-mark photo-mark-on' : 'photo-mark'}
            x={box.left}
            y={box.top}
            width={box.width}
            height={box.height}
            rx={Math.min(8, box.height / 6)}
          />
        ))}
      </svg>
    </span>
  )
}
