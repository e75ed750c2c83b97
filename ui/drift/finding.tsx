import { useState } from 'react'
import type { DriftResponses, FindingView } from '../../agent/protocol/drift.ts'
import { ChangeCard } from '../cards/change-card.tsx'
import { usePlace } from '../house/place.ts'
import { Button } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Notice, Refusal } from '../kit/notice.tsx'
import { readsAsCode } from '../kit/reads-as-code.ts'
import { useNow } from '../kit/use-now.ts'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

type Action = FindingView['actions'][number]

const actionWords: Record<Action, string> = {
  take: 'Take NetBox’s',
  restore: 'Restore HWLab’s',
  'record-again': 'Record it again',
  forget: 'Forget it',
}

export function Finding({ finding }: { finding: FindingView }) {
  const { tag, title, url, words, fields, change, actions } = finding
  const { busy, refusal, ask } = useAsking()
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  const [acted, setActed] = useState<DriftResponses['drift-act'] | null>(null)
  const name = tag === null ? title : `${tag} ${title}`
  const act = async (action: Action) => {
    const answer = await ask('drift-act', { findingId: finding.id, action })
    if (answer.kind === 'ok') setActed(answer.value)
  }
  const isWrite = (action: Action) => action === 'restore' || action === 'record-again'
  return (
    <li className="row">
      <p className="panel-line">
        <a className="panel-name" href={url}>
          {title}
        </a>
        {tag !== null && <span className="mono">{tag}</span>}
      </p>
      {fields.length === 0 && <p className="panel-why">{words}</p>}
      <Fields fields={fields} name={name} />
      {change && <Author change={change} />}
      {acted?.changeId === undefined || acted.changeId === null ? (
        <div className="actions">
          {actions.map((action) => (
            <Button
              key={action}
              look={action === 'forget' ? 'quiet' : 'plain'}
              disabled={busy || (readOnly && isWrite(action))}
              aria-label={`${actionWords[action]}: ${name}`}
              onClick={() => act(action)}
            >
              {actionWords[action]}
            </Button>
          ))}
        </div>
      ) : (
        <Asked words={acted.words} changeId={acted.changeId} />
      )}
      <Refusal why={refusal} />
    </li>
  )
}

function Said({ value }: { value: string | null }) {
  return (
    <td className={readsAsCode(value) ? 'mono' : ''}>
      {value ?? <span className="drift-empty">empty</span>}
    </td>
  )
}

function Fields({ fields, name }: { fields: FindingView['fields']; name: string }) {
  if (fields.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="lines-scroll" aria-label={`${name}: what differs`} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">HWLab</th>
            <th scope="col">NetBox</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ label, hwlab, netbox }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <Said value={hwlab} />
              <Said value={netbox} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Author({ change }: { change: NonNullable<FindingView['change']> }) {
  const nowMs = useNow(60_000)
  return (
    <p className="panel-note">
      {`By ${change.by}, `}
      <time dateTime={change.at}>{agoWords(change.at, nowMs)}</time>
      {change.message !== '' && `: “${change.message}”`}
    </p>
  )
}

/** The request that was filed: decided here, or on the card of its item. */
function Asked({ words, changeId }: { words: string; changeId: string }) {
  const change = useLab((lab) => lab.changes?.find((one) => one.id === changeId))
  const itemId = useLab((lab) => lab.items?.find((item) => item.change?.id === changeId)?.id)
  const { go } = usePlace()
  if (change) return <ChangeCard change={change} />
  return (
    <div role="status">
      <Notice tone="ask">
        <p>{words}</p>
        <Button onClick={() => go(itemId === undefined ? { kind: 'items' } : { kind: 'item', itemId })}>
          Open the request
        </Button>
      </Notice>
    </div>
  )
}
