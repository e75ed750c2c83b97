import type { Message } from '../../agent/protocol.ts'
import { Disclosure } from '../kit/disclosure.tsx'
import { RouteFacts } from '../routing/route-facts.tsx'

type AnsweredBy = NonNullable<Message['answeredBy']>

const places: Record<AnsweredBy['where'], string> = {
  commands: 'no model asked',
  local: 'on this machine',
  cloud: 'in the cloud',
}

export function timeWords(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`
  const seconds = elapsedMs / 1000
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

export function costWords(costUsd: number): string {
  if (costUsd === 0) return 'free'
  return costUsd < 0.01 ? 'under 1 cent' : `$${costUsd.toFixed(2)}`
}

function salvagedWords(count: number): string {
  return count === 1
    ? 'One tool call came as text or in a broken form; HWLab repaired it.'
    : `${count} tool calls came as text or in a broken form; HWLab repaired them.`
}

/** Which model answered, why it did, and what it took. */
export function AnsweredByLine({
  messageId,
  answeredBy,
  salvaged,
}: {
  messageId: string
  answeredBy: AnsweredBy
  /** Tool calls that HWLab repaired. */
  salvaged: number
}) {
  const { model, where, why, inputTokens, outputTokens, elapsedMs, costUsd } = answeredBy
  return (
    <div className="answered-by">
      <Disclosure summary={`${model} · ${timeWords(elapsedMs)} · ${costWords(costUsd)}`}>
        <dl className="facts">
          <dt>Answered by</dt>
          <dd>{`${model}, ${places[where]}`}</dd>
          <dt>Why</dt>
          <dd>{why}</dd>
          <dt>Tokens</dt>
          <dd>
            {inputTokens === null && outputTokens === null
              ? 'not counted'
              : `${inputTokens ?? 'unknown'} in, ${outputTokens ?? 'unknown'} out`}
          </dd>
          <dt>Cost</dt>
          <dd>{costUsd === 0 ? 'free' : `$${costUsd.toFixed(5)}`}</dd>
          {salvaged > 0 && (
            <>
              <dt>Repaired</dt>
              <dd>{salvagedWords(salvaged)}</dd>
            </>
          )}
        </dl>
        <RouteFacts messageId={messageId} />
      </Disclosure>
    </div>
  )
}
