import type { Message } from '../../agent/protocol/messages.ts'
import { Disclosure } from '../kit/disclosure.tsx'
import { RouteFacts } from '../routing/route-facts.tsx'

type AnsweredBy = NonNullable<Message['answeredBy']>

const places: Record<AnsweredBy['where'], string> = {
  commands: 'without a model',
  local: 'on this network',
  cloud: 'in the cloud',
}

const finishes: Record<NonNullable<AnsweredBy['finish']>, string> = {
  stop: 'by itself',
  tool: 'with a tool call',
  length: 'at the limit of its length',
  filter: 'by a filter of its provider',
  error: 'by an error',
  empty: 'with nothing said',
  stopped: 'before its end',
}

export function timeWords(elapsedMs: number | null): string {
  if (elapsedMs === null) return 'time unknown'
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`
  if (elapsedMs < 59_950) return `${(elapsedMs / 1000).toFixed(1)} s`
  const seconds = Math.round(elapsedMs / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

export function costWords(costUsd: number, isOpen = false): string {
  if (costUsd === 0) return 'free'
  if (costUsd < 0.01) return 'under 1 cent'
  return `${isOpen ? 'up to ' : ''}$${costUsd.toFixed(2)}`
}

function exactCostWords({ costUsd, costIsOpen }: AnsweredBy): string {
  if (costUsd === 0) return 'free'
  const dollars = `$${costUsd.toFixed(5)}`
  return costIsOpen ? `up to ${dollars}; its provider has not told yet` : dollars
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
  const { model, where, why, inputTokens, outputTokens, elapsedMs, costUsd, costIsOpen, finish, prompt } =
    answeredBy
  return (
    <div className="answered-by">
      <Disclosure summary={`${model} · ${timeWords(elapsedMs)} · ${costWords(costUsd, costIsOpen)}`}>
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
          <dd>{exactCostWords(answeredBy)}</dd>
          {finish && finish !== 'stop' && (
            <>
              <dt>Ended</dt>
              <dd>{finishes[finish]}</dd>
            </>
          )}
          {prompt && (
            <>
              <dt>Instructions</dt>
              <dd>
                {`${prompt.name}.md, version `}
                <span className="mono" title={prompt.hash}>
                  {prompt.hash.slice(0, 8)}
                </span>
              </dd>
            </>
          )}
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
