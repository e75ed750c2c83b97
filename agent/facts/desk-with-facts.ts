import type { OperatorDesk } from '../operator-desk.ts'
import type { Proposals } from './proposals.ts'

/** The desk with the sentences that wait to be remembered among its requests: a person decides both in the same way. */
export function deskWithFacts(desk: OperatorDesk, proposals: Proposals): OperatorDesk {
  return {
    ...desk,
    decide: async (body, operator, channel) =>
      proposals.card(body.changeId) ? proposals.decide(body, operator) : desk.decide(body, operator, channel),
    openChanges: () => [...desk.openChanges(), ...proposals.open()],
    reports: () => [...desk.reports(), ...proposals.ended()],
    change: (changeId) => proposals.card(changeId) ?? desk.change(changeId),
    onChange: (listener) =>
      both(
        desk.onChange(listener),
        proposals.onChange(() => listener('changes')),
      ),
    onChangeEnded: (listener) => both(desk.onChangeEnded(listener), proposals.onEnded(listener)),
  }
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first()
    second()
  }
}
