import type { Features } from './features.ts'
import type { RecordKind, RecordSeen } from './record-seen.ts'
import type { Rest } from './rest.ts'

/** What was found; an inventory that does not answer is told apart from an empty answer. */
export type Looked = { kind: 'looked'; records: RecordSeen[] } | { kind: 'away'; why: string }

export type Probe =
  | { kind: 'ready'; version: string }
  /** Not reached, or not able to answer now: waiting helps. */
  | { kind: 'away'; why: string }
  /** Reached, but it will not have us (token, wrong address, too old): a person has to change something. */
  | { kind: 'refused'; why: string }

export type FeaturesKnown = { kind: 'known'; features: Features } | { kind: 'away'; why: string }

/** NetBox, or the embedded inventory that speaks like it. Reads never change anything. */
export interface Inventory {
  kind: 'netbox' | 'embedded'
  /** "NetBox at https://netbox.lan" or "HWLab's own inventory". */
  describe(): string
  probe(): Promise<Probe>
  /** What the server can do, from the last probe that succeeded; probes when there was none. */
  features(): Promise<FeaturesKnown>
  /** Devices, modules and assets with exactly this tag. */
  findByTag(tag: string): Promise<Looked>
  findBySerial(serial: string): Promise<Looked>
  /** Any common way to write a MAC address. */
  findByMac(mac: string): Promise<Looked>
  findByHwlabId(hwlabId: string): Promise<Looked>
  search(text: string, limit: number): Promise<Looked>
  /** No record in the answer: it does not exist (any more). */
  get(kind: RecordKind, id: number): Promise<Looked>
  /** The highest `HW-` number on any device, module, rack or asset, 0 when there is none. */
  highestTag(): Promise<{ kind: 'looked'; number: number } | { kind: 'away'; why: string }>
  /** The door for the outbox: every request goes through it. */
  rest: Rest
  close(): Promise<void>
}
