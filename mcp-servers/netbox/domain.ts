import type { Changes } from './changes/open-changes.ts'
import type { Inventory } from './client/inventory.ts'
import type { Drift } from './drift/open-drift.ts'
import type { Intake } from './intake/intake.ts'
import type { SetBack } from './intake/set-back.ts'
import type { IpPlanCheck } from './ip-plan/open-ip-plan.ts'
import type { Outbox } from './outbox/open-outbox.ts'
import type { Placement } from './placement/open-placement.ts'

/** What the tools of the netbox server reach: nothing here approves, confirms or corrects as the operator. */
export interface NetboxDomain {
  intake: Pick<Intake, 'start' | 'settled' | 'card' | 'cardByTag' | 'cards' | 'search' | 'addSaid' | 'plan'>
  changes: Pick<Changes, 'plan' | 'planUndo'>
  /** Looks and compares; what is done about it is a person's. */
  drift: Pick<Drift, 'look' | 'state'>
  setBack: Pick<SetBack, 'plan'>
  inventory: Inventory
  ipPlan: IpPlanCheck
  placement: Placement
  outbox: Pick<Outbox, 'view' | 'status'>
}
