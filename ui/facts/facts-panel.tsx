import { useRowFocus } from '../kit/use-row-focus.ts'
import { useLab } from '../use-lab.ts'
import { AddFact } from './add-fact.tsx'
import { FactRow } from './fact-row.tsx'

/** What a person had HWLab remember: every sentence to be read, changed and deleted. */
export function FactsPanel() {
  const view = useLab((lab) => lab.facts)
  const rows = useRowFocus(view?.facts.length ?? 0)
  if (!view) return <p className="panel-empty">Looking at what is remembered…</p>
  return (
    <>
      <section className="panel-section" aria-label="Add a sentence">
        <p className="panel-note">
          Every model is told these sentences before it answers. In the chat, “remember that …” asks you on a
          card first.
        </p>
        <AddFact />
      </section>
      <section className="panel-section" aria-label="Remembered">
        {view.facts.length === 0 ? (
          <p className="panel-empty">
            Nothing yet. A preference is a good beginning: “new items are in rack lab-1 unless I say so”.
          </p>
        ) : (
          <h3>{view.roomWords}</h3>
        )}
        <ul className="rows" {...rows}>
          {view.facts.map((fact) => (
            <FactRow key={fact.id} fact={fact} />
          ))}
        </ul>
        {view.facts.length > 0 && (
          <p className="panel-note">
            A model that reads little at once is told the newest ones. A sentence that stays on this network
            is taken out of everything that goes to a cloud model, also where you said it; what an answer made
            of it is not.
          </p>
        )}
      </section>
    </>
  )
}
