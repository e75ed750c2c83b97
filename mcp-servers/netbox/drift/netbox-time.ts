/**
 * NetBox's time of a change in microseconds since 1970, whatever zone it is written in. A JavaScript date would drop the
 * last three digits, and two changes within a millisecond are common. null: no time.
 */
export function microsOf(time: string): number | null {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? ''
  const wholeMs = Date.parse(time.replace(/\.\d+/, ''))
  if (Number.isNaN(wholeMs)) return null
  return wholeMs * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}

/** ISO 8601 in UTC, rounded down to a millisecond. */
export function timeOf(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString()
}
