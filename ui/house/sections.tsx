import type { IconName } from '../kit/icon.tsx'
import { Mark } from '../kit/status.tsx'
import { useLab } from '../use-lab.ts'
import {
  benchCount,
  type Count,
  connectionsCount,
  driftCount,
  itemsCount,
  queueCount,
  spendCount,
} from './counts.ts'
import type { Place } from './place.ts'

export type SectionKind = Extract<
  Place['kind'],
  'items' | 'bench' | 'queue' | 'drift' | 'spend' | 'facts' | 'connections'
>

export interface Section {
  kind: SectionKind
  name: string
  short: string
  icon: IconName
  count: Count | null
}

/** The sections at the side with what they have to say right now. */
export function useSections(): Section[] {
  const items = useLab((lab) => lab.items)
  const changes = useLab((lab) => lab.changes)
  const bench = useLab((lab) => lab.bench)
  const queue = useLab((lab) => lab.queue)
  const drift = useLab((lab) => lab.drift)
  const spend = useLab((lab) => lab.spend)
  const connections = useLab((lab) => lab.connections)
  return [
    { kind: 'items', name: 'Items', short: 'Items', icon: 'items', count: itemsCount({ items, changes }) },
    { kind: 'bench', name: 'Bench', short: 'Bench', icon: 'bench', count: benchCount({ bench }) },
    { kind: 'queue', name: 'Saving', short: 'Saving', icon: 'queue', count: queueCount({ queue }) },
    {
      kind: 'drift',
      name: 'NetBox changes',
      short: 'Changes',
      icon: 'compare',
      count: driftCount({ drift }),
    },
    { kind: 'spend', name: 'Spending', short: 'Spent', icon: 'coins', count: spendCount({ spend }) },
    { kind: 'facts', name: 'Remembered', short: 'Remembered', icon: 'bookmark', count: null },
    {
      kind: 'connections',
      name: 'What is connected',
      short: 'Connected',
      icon: 'wired',
      count: connectionsCount({ connections }),
    },
  ]
}

export function CountMark({ count }: { count: Count | null }) {
  if (!count) return null
  return (
    <span className={`count tone-${count.tone}`}>
      <Mark tone={count.tone} />
      <span aria-hidden="true">{count.number}</span>
      <span className="sr-only">{`, ${count.words}`}</span>
    </span>
  )
}
