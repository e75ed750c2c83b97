import type { ItemView } from '../../../agent/protocol/items.ts'
import { useLab } from '../../use-lab.ts'
import { CableTest } from './cable-test.tsx'
import './cable-test.css'

/** The cable tests of an item and of cables at it, newest first, below its card. */
export function CableTestsOf({ item: { id, tag } }: { item: ItemView }) {
  const all = useLab((lab) => lab.bench?.cableTests)
  const own = all?.filter(({ itemId, cable }) => itemId === id || (tag !== null && cable?.tags.includes(tag)))
  if (!own || own.length === 0) return null
  return (
    <section className="panel-section" aria-label="Cable tests">
      <h3>Cable tests</h3>
      <ul className="rows">
        {own.map((test, at) => (
          <li key={test.id} className="row">
            <CableTest test={test} isNewest={at === 0} />
          </li>
        ))}
      </ul>
    </section>
  )
}
