import type { InventoryWorld } from '../inventory-world.ts'
import type { Tally } from './tally.ts'

export interface PlannedOperation {
  key: string
  kind: string
  intent: unknown
}

/** What the fault suite sends through a bad connection, and how it is counted afterwards. */
export interface FaultWork {
  /** Of the test: "40 items are there once each". */
  words(count: number): string
  /** Makes over a sound connection what the operations need. */
  open(world: InventoryWorld, count: number): Promise<OpenedWork>
}

export interface OpenedWork {
  planned: PlannedOperation[]
  /** What a stranger does in NetBox just before a request of HWLab is carried out. */
  before?(request: Request): Promise<void>
  /** A person's choice in a conflict, field by field. */
  choose?(operationKey: string): 'mine' | 'netbox'
  /** What the inventory really holds, asked without faults. */
  count(tally: Tally): Promise<void>
}
