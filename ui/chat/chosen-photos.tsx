import { IconButton } from '../kit/button.tsx'
import { Notice } from '../kit/notice.tsx'
import type { ChosenPhoto } from './use-photos.ts'

/** The photos that go with the next message, and why others cannot. */
export function ChosenPhotos({ photos, onRemove }: { photos: ChosenPhoto[]; onRemove(key: number): void }) {
  if (photos.length === 0) return null
  return (
    <ul className="chosen" aria-label="Photos for this message">
      {photos.map((photo) => (
        <li key={photo.key} className={`chosen-photo chosen-${photo.kind}`}>
          {photo.kind === 'refused' ? (
            <div role="alert">
              <Notice tone="bad">
                <strong>{photo.name}</strong>: {photo.why}
              </Notice>
            </div>
          ) : photo.kind === 'stored' ? (
            <img src={`/attachments/${encodeURIComponent(photo.attachmentId)}`} alt={photo.name} />
          ) : (
            <span className="chosen-sending" role="status">
              Sending…
            </span>
          )}
          <IconButton icon="close" label={`Remove ${photo.name}`} onClick={() => onRemove(photo.key)} />
        </li>
      ))}
    </ul>
  )
}
