import { useLab } from '../../use-lab.ts'
import { Recording } from './recording.tsx'

/** The power recordings that belong to an item, below its card. */
export function RecordingsOf({ itemId }: { itemId: string }) {
  const all = useLab((lab) => lab.bench?.recordings)
  const own = all?.filter((recording) => recording.itemId === itemId) ?? []
  if (own.length === 0) return null
  return (
    <section className="panel-section" aria-label="Power recordings">
      <h3>Power recordings</h3>
      <ul className="rows">
        {own.map((recording) => (
          <li key={recording.id} className="row">
            <Recording recording={recording} />
          </li>
        ))}
      </ul>
    </section>
  )
}
