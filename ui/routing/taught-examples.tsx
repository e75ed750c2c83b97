import { IconButton } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useRowFocus } from '../kit/use-row-focus.ts'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { Rule } from './rule.tsx'

/** What a person taught about who answers, each to be forgotten again. */
export function TaughtExamples() {
  const routing = useLab((lab) => lab.routing)
  const { busy, refusal, ask } = useAsking()
  const rows = useRowFocus(routing?.examples.length ?? 0)
  if (!routing) return null
  return (
    <section className="panel-section" aria-label="How questions are read">
      <h3>How questions are read</h3>
      <p className="panel-note">{routing.misroutesWords}</p>
      {routing.weeks.length > 0 && (
        <dl className="routing-weeks">
          {routing.weeks.map((week) => (
            <div key={week.name}>
              <dt>{week.name}</dt>
              <dd>{week.words}</dd>
            </div>
          ))}
        </dl>
      )}
      <Rule
        words="At night, try one in twenty answers of cloud models again on this network"
        isOn={routing.replays}
        isOff={busy}
        onChange={(isOn) => ask('route-replays', { isOn })}
      />
      {routing.examples.length === 0 && (
        <p className="panel-note">
          You taught nothing yet. Open the line below an answer and choose “Learn this”.
        </p>
      )}
      <ul className="rows" {...rows}>
        {routing.examples.map((example) => (
          <li key={example.id} className="row taught-example">
            <span>{`“${example.text}” reads like ${example.name}.`}</span>
            <IconButton
              icon="close"
              label={`Forget “${example.text}”`}
              disabled={busy}
              onClick={() => ask('route-forget', { exampleId: example.id })}
            />
          </li>
        ))}
      </ul>
      <Refusal why={refusal} />
    </section>
  )
}
