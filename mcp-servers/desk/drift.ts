import { driftCard, driftWords } from '../netbox/drift/drift-card.ts'
import { reportCsv, reportMarkdown } from '../netbox/drift/report-text.ts'
import type { SetBackWish } from '../netbox/intake/set-back-filter.ts'
import type { NetboxServer } from '../netbox/main.ts'
import { type Refusal, refused } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>
type Acted = { words: string; changeId: string | null }

/** What a signed-in person may do about differences between HWLab and NetBox. */
export function driftDesk({ drift, intake, inventory }: NetboxServer) {
  const { setBack } = intake
  return {
    async 'drift-look'({ scope }: { scope: 'changes' | 'everything' }): Answer<{ words: string }> {
      const last = await drift.look(scope)
      return last.kind === 'away'
        ? refused(last.why)
        : { kind: 'ok', value: { words: driftWords(drift.state()) } }
    },
    async 'drift-act'(
      { findingId, action }: { findingId: string; action: 'take' | 'restore' | 'record-again' | 'forget' },
      operator: string,
    ): Answer<Acted> {
      switch (action) {
        case 'take': {
          const taken = drift.take(findingId, operator)
          return taken.kind === 'refused' ? taken : acted(taken.words, null)
        }
        case 'forget': {
          const forgotten = drift.forget(findingId, operator)
          return forgotten.kind === 'refused' ? forgotten : acted('Forgotten.', null)
        }
        case 'restore':
          return filed(await drift.restore(findingId, operator))
        case 'record-again':
          return filed(await drift.recordAgain(findingId, operator))
      }
    },
    async 'drift-take-all'({ findingIds }: { findingIds: string[] }, operator: string) {
      const { words, items } = await drift.takeAll(findingIds, operator)
      const left = items.flatMap(({ name, outcome }) =>
        outcome.kind === 'done' ? [] : [{ name, kind: outcome.kind, why: outcome.why }],
      )
      return { kind: 'ok' as const, value: { words, left } }
    },
    async 'drift-weekly'({ on }: { on: boolean }, operator: string): Answer<{ weekly: boolean }> {
      drift.setWeekly(on, operator)
      return { kind: 'ok', value: { weekly: on } }
    },
    async 'set-back-count'(wish: SetBackWish): Answer<{ words: string; count: number }> {
      const counted = setBack.preview(wish)
      return counted.kind === 'refused' ? counted : { kind: 'ok', value: counted.preview }
    },
    async 'set-back-propose'(wish: SetBackWish, operator: string): Answer<{ changeId: string }> {
      const proposed = setBack.propose(wish, operator)
      if (proposed.kind === 'refused') return proposed
      return { kind: 'ok', value: { changeId: proposed.changeId } }
    },
    drift: () => driftCard(drift.state(), inventory.describe()),
    /** The whole report as a file. */
    driftReport(format: 'csv' | 'md'): string {
      const { findings } = drift.state()
      return format === 'csv'
        ? reportCsv(findings)
        : reportMarkdown(findings, `Compared with ${inventory.describe()}`)
    },
    onReadAgain: setBack.onReadAgain,
  }
}

function acted(words: string, changeId: string | null): { kind: 'ok'; value: Acted } {
  return { kind: 'ok', value: { words, changeId } }
}

function filed(
  outcome: { kind: 'filed'; changeId: string } | Refusal,
): { kind: 'ok'; value: Acted } | Refusal {
  if (outcome.kind === 'refused') return outcome
  return acted('It waits for your decision among the requests.', outcome.changeId)
}
