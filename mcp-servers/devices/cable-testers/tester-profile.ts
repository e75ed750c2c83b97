import type { Framer } from './framing.ts'
import type { TesterAbility } from './verdict.ts'
import type { Wiremap } from './wiremap.ts'

/** What one frame of a tester said. */
export type TesterFrame =
  | { kind: 'wiremap'; map: Wiremap }
  /** The tester judged by itself and tells no wires. */
  | { kind: 'said'; good: boolean; words: string }
  /** Near contact → centimetres. */
  | { kind: 'length'; centimetres: Readonly<Record<string, number>> }
  /** Groups of contacts whose wires are of two twisted pairs; sent only when there are some. */
  | { kind: 'splits'; groups: readonly (readonly string[])[] }
  | { kind: 'trouble'; words: string }

/** A cable tester on a serial line. One file in `profiles/`. */
export interface TesterProfile {
  id: string
  name: string
  plug: string
  baudRate: number
  ability: TesterAbility
  /** Bytes that begin a test, or null for a tester that starts by its own button. */
  trigger: Uint8Array | null
  framer(): Framer
  /** null for a frame that says nothing about a cable. */
  decode(frame: Uint8Array): TesterFrame | null
}
