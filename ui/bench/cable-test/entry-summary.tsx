import type { CableKinds, LampPhotoView } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'
import { Status } from '../../kit/status.tsx'
import { isSameLit, litWords, nearWords } from './lamp-words.ts'
import { readOfContact } from './read-of-contact.ts'

interface SummaryFacts {
  entry: Readonly<Record<string, readonly string[]>>
  contacts: CableKinds['wirings'][number]['contacts']
  photos: readonly LampPhotoView[]
  onLook(at: number): void
}

/** What was entered, and each wire of which a photo says something else. */
export function EntrySummary({ entry, contacts, photos, onLook }: SummaryFacts) {
  const differing = contacts.flatMap(({ near }, at) => {
    const entered = entry[near] ?? null
    const other = readOfContact(near, photos).steps.find(
      ({ lit }) => entered === null || !isSameLit(lit, entered),
    )
    return other ? [{ near, at, read: other.lit, entered }] : []
  })
  return (
    <>
      <p>{entryWords(entry, contacts.length)}</p>
      {differing.length > 0 && (
        <ul className="lamp-list" aria-label="Where a photo says something else">
          {differing.map(({ near, at, read, entered }) => (
            <li key={near} className="lamp-row">
              <div className="lamp-said">
                <Status tone="ask">
                  {`${nearWords(near)}: you entered ${entered === null ? 'not tested' : litWords(entered).toLowerCase()}`}
                </Status>
                <p className="panel-note">{`The photo reads: ${litWords(read).toLowerCase()}`}</p>
              </div>
              <Button look="quiet" onClick={() => onLook(at)}>
                Look again
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function entryWords(entry: SummaryFacts['entry'], count: number): string {
  const entered = Object.values(entry)
  const dark = entered.filter((lit) => lit.length === 0).length
  const left = count - entered.length
  return [
    `${entered.length - dark} lit, ${dark} stayed dark.`,
    ...(left > 0 ? [`${left} not tested.`] : []),
  ].join(' ')
}
