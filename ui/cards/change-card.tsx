import type { ChangeView } from '../../agent/protocol/changes.ts'
import { changeLook } from '../intake/item-look.ts'
import { Status } from '../kit/status.tsx'
import { ChangeDecision } from './change-decision.tsx'

/** A request that is not about an intake item, or comes from another client. */
export function ChangeCard({ change }: { change: ChangeView }) {
  const look = changeLook(change)
  return (
    <section
      data-change={change.id}
      tabIndex={-1}
      className={`card card-${look}`}
      aria-label={`Request: ${change.title}`}
    >
      <header className="card-head">
        <div className="card-title">
          <h2>{change.title}</h2>
        </div>
        <Status tone={change.tone}>{change.stateWords}</Status>
      </header>
      <p className="sr-only" role="status">{`${change.title}: ${change.stateWords}`}</p>
      <div className="card-body">
        <p className="requester">{askedWords(change.requester)}</p>
        {/* How it ended without a decision stands in the head already. */}
        {look !== 'expired' && <ChangeDecision change={change} item={null} preview={null} />}
      </div>
    </section>
  )
}

/** `client:claude-desktop` → “Asked for by claude-desktop, another program”; what the chat asked for is no other program’s. */
export function askedWords(requester: string): string {
  const [kind, name] = requester.split(/:(.*)/s)
  if (kind === 'client' && name === 'HWLab chat') return 'Asked for in the chat'
  if (kind === 'client' && name) return `Asked for by ${name}, another program`
  return `Asked for by ${kind === 'operator' && name ? name : requester}`
}
