import type { Clock } from '../../serving/clock.ts'
import type { MarksTable } from './marks-table.ts'

const everyMs = 15 * 60_000
const firstAfterMs = 60_000
const weekMs = 7 * 24 * 60 * 60_000

export type Scope = 'changes' | 'everything'

/** When the next look is due by HWLab's own clock, which may jump: what is compared in NetBox never depends on it. */
export function scheduleLooks(
  deps: { clock: Clock; marks: MarksTable },
  look: (scope: Scope) => Promise<unknown>,
): { stop(): void } {
  const { clock, marks } = deps
  let stopped = false
  let cancel = clock.after(firstAfterMs, tick)
  function tick(): void {
    look(isWholeDue(marks, clock.nowMs()) ? 'everything' : 'changes').finally(() => {
      if (!stopped) cancel = clock.after(everyMs, tick)
    })
  }
  return {
    stop() {
      stopped = true
      cancel()
    },
  }
}

/** A last time that lies in the future comes from a clock that was wrong. */
export function isWholeDue(marks: Pick<MarksTable, 'get'>, nowMs: number): boolean {
  if (marks.get('weekly') !== 1) return false
  const last = marks.get('whole')
  return last === null || last > nowMs || nowMs - last >= weekMs
}
