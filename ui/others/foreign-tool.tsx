import type { ForeignToolView } from '../../agent/protocol/others.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { Mark, type Tone } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'

const tones: Record<ForeignToolView['policy'], Tone> = { ask: 'ask', allow: 'good', never: 'muted' }
const choices: { policy: ForeignToolView['policy']; words: string }[] = [
  { policy: 'allow', words: 'Allow as it is now' },
  { policy: 'ask', words: 'Ask me each time' },
  { policy: 'never', words: 'Never call it' },
]

/** One tool of somebody else’s server, in its server’s words, and what a person lets it do. */
export function ForeignTool({ server, tool }: { server: string; tool: ForeignToolView }) {
  const { busy, refusal, ask } = useAsking()
  const { description, claims, policy, policyWords, whyNotAllow, drift, fingerprint } = tool
  const isOffered = (choice: ForeignToolView['policy']) =>
    choice === 'allow' ? policy !== 'allow' && whyNotAllow === null : choice !== policy || drift.length > 0
  return (
    <article className="foreign-tool" aria-label={`${tool.tool} of ${server}`}>
      <p className="foreign-tool-head">
        <Mark tone={tones[policy]} />
        <span className="mono">{tool.tool}</span>
        <span className="panel-ids">{policyWords}</span>
      </p>
      {description !== '' && (
        <blockquote className="foreign-words" cite={server}>
          {description}
        </blockquote>
      )}
      <p className="panel-ids">{`${server} ${claims.join('; ')}. Fingerprint ${fingerprint.slice(0, 12)}.`}</p>
      {drift.length > 0 && <Drift drift={drift} name={tool.tool} />}
      {whyNotAllow && <p className="panel-ids">{whyNotAllow}</p>}
      <div className="actions">
        {choices
          .filter((choice) => isOffered(choice.policy))
          .map((choice) => (
            <Button
              key={choice.policy}
              look={choice.policy === 'allow' ? 'plain' : 'quiet'}
              aria-label={`${choice.words}: ${tool.tool}`}
              disabled={busy}
              onClick={() =>
                ask('others-policy', { server, tool: tool.tool, fingerprint, policy: choice.policy })
              }
            >
              {choice.words}
            </Button>
          ))}
      </div>
      <Refusal why={refusal} />
    </article>
  )
}

/** Stacked, so that it can be read on a phone as well. */
function Drift({ drift, name }: { drift: ForeignToolView['drift']; name: string }) {
  return (
    <ul className="foreign-drift" aria-label={`${name}: what changed`}>
      {drift.map(({ label, before, after }) => (
        <li key={label}>
          <p className="foreign-drift-place">{label}</p>
          <p>
            <span className="panel-ids">When it was allowed: </span>
            {before === null ? 'nothing' : <s>{before}</s>}
          </p>
          <p>
            <span className="panel-ids">Now: </span>
            {after ?? 'nothing'}
          </p>
        </li>
      ))}
    </ul>
  )
}
