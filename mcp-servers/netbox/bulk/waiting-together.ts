import { z } from 'zod'
import type { Approvals } from '../../approval/approvals.ts'
import type { ChangeRequest, ChangeState } from '../../approval/change-request.ts'

/** Which items wait for a decision in a request about many; remembered, because every card asks. */
export interface WaitingTogether {
  /** The title of the request, or null. */
  titleOf(itemId: string): string | null
  /** Takes in a change of a request; the items of which the answer may have changed. */
  changed(change: ChangeRequest): string[]
}

export function openWaitingTogether(approvals: Approvals): WaitingTogether {
  const states = new Map<string, ChangeState>()
  let titles: ReadonlyMap<string, string> | null = null
  return {
    titleOf(itemId) {
      titles ??= new Map(
        approvals
          .open()
          .filter(({ state }) => state === 'proposed')
          .flatMap((change) => itemsIn(change).map((id): [string, string] => [id, change.title])),
      )
      return titles.get(itemId) ?? null
    },
    changed(change) {
      // Each step of a running request is a change too, and no item waits in it any more.
      if (change.itemId !== null || states.get(change.id) === change.state) return []
      states.set(change.id, change.state)
      titles = null
      return itemsIn(change)
    },
  }
}

const createSchema = z.object({ item: z.object({ hwlabId: z.string() }) })

/** The items that a request about many would record. */
function itemsIn(change: ChangeRequest): string[] {
  if (change.itemId !== null) return []
  return change.steps.flatMap(({ kind, payload }) => {
    const planned = kind === 'netbox.create_item' ? createSchema.safeParse(payload) : null
    return planned?.success ? [planned.data.item.hwlabId] : []
  })
}
