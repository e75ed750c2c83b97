import type { CableResponses } from '../../../agent/protocol/cable-tests.ts'
import { LampPicture } from './lamp-picture.tsx'
import { readerWords, stepWords } from './lamp-words.ts'

/** The photos that a result was entered from: what the model read, and where the person knew better. */
export function TestPhotos({ photos }: { photos: CableResponses['cable-test-open']['photos'] }) {
  if (photos.length === 0) return null
  return (
    <ul className="lamp-list" aria-label="Photos of this test">
      {photos.map((photo) => {
        const words = stepWords(photo)
        return (
          <li key={`${photo.attachmentId} ${photo.near}`} className="lamp-row">
            <LampPicture attachmentId={photo.attachmentId} words={words} />
            <div className="lamp-said">
              <p>{words}</p>
              <p className="panel-note">
                {photo.isCorrected ? `${readerWords(photo)}; corrected by hand` : readerWords(photo)}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
