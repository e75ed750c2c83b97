import { sameInterface } from './interface-name.ts'
import type { Platform } from './platform.ts'

export type InterfaceMatch<Row> =
  /** The very name. */
  | { kind: 'exact'; row: Row }
  /** Another spelling of it. */
  | { kind: 'same'; row: Row }
  | { kind: 'none' }
  /** The device has the interface more than once; `planRename` says how to make it one. */
  | { kind: 'ambiguous'; rows: Row[] }

/** Which of a device's interfaces is meant. Call it before one is created, so that none is created twice. */
export function matchInterface<Row extends { name: string }>(
  platform: Platform,
  wanted: string,
  existing: readonly Row[],
): InterfaceMatch<Row> {
  const rows = existing.filter((row) => sameInterface(platform, wanted, row.name))
  const exact = rows.find((row) => row.name === wanted.trim())
  const [first] = rows
  if (!first) return { kind: 'none' }
  if (exact && (rows.length === 1 || platform === 'unknown')) return { kind: 'exact', row: exact }
  return rows.length === 1 ? { kind: 'same', row: first } : { kind: 'ambiguous', rows }
}
