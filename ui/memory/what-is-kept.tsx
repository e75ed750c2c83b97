import type { MemoryView } from '../../agent/protocol/memory.ts'
import { Button } from '../kit/button.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { RetentionRule } from './retention-rule.tsx'

/** How long things are kept, how much room they take, and when that was last looked after. */
export function WhatIsKept() {
  const memory = useLab((lab) => lab.memory)
  const { busy, refusal, ask } = useAsking()
  if (!memory) return null
  return (
    <section className="panel-section" aria-label="What is kept">
      <h3>What is kept</h3>
      <p className="panel-line">
        <span className="panel-name">Database</span>
        <span>{memory.sizeWords}</span>
      </p>
      <Sizes sizes={memory.sizes} />
      <ul className="rows">
        {memory.rules.map((rule) => (
          <RetentionRule key={`${rule.name} ${rule.days}`} rule={rule} />
        ))}
      </ul>
      <p className="panel-note">{memory.keptWords}</p>
      <div role="status">
        <p className="panel-note">{memory.tidyWords}</p>
        <p className="panel-note">{memory.compactWords}</p>
      </div>
      <div className="actions">
        <Button disabled={busy} onClick={() => ask('memory-tidy', {})}>
          Tidy up now
        </Button>
      </div>
      <Refusal why={refusal} />
    </section>
  )
}

function Sizes({ sizes }: { sizes: MemoryView['sizes'] }) {
  if (sizes.length === 0) return null
  return (
    <Disclosure summary="What takes the room">
      <dl className="table-sizes">
        {sizes.map(({ name, words }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
