import type { Inventory } from './client/inventory.ts'
import type { Intake } from './intake/intake.ts'
import type { IpPlanCheck } from './ip-plan/open-ip-plan.ts'
import type { Outbox } from './outbox/open-outbox.ts'
import type { Placement } from './placement/open-placement.ts'

/** What the tools of the netbox server reach: nothing here approves, confirms or corrects as the operator. */
export interface NetboxDomain {
  intake: Pick<Intake, 'start' | 'settled' | 'card' | 'cardByTag' | 'cards' | 'search' | 'addSaid' | 'plan'>
  inventory: Inventory
  ipPlan: IpPlanCheck
  placement: Placement
  outbox: Pick<Outbox, 'view' | 'status'>
}
