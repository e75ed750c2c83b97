/** "in 14 minutes", "in 40 seconds"; null when the time is over. */
export function remainingWords(untilIso: string, nowMs: number): string | null {
  const leftMs = Date.parse(untilIso) - nowMs
  if (!(leftMs > 0)) return null
  const seconds = Math.ceil(leftMs / 1000)
  if (seconds < 60) return seconds === 1 ? 'in 1 second' : `in ${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 90) return minutes === 1 ? 'in 1 minute' : `in ${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return hours < 36 ? `in ${hours} hours` : `in ${Math.round(hours / 24)} days`
}

/** "just now", "5 min ago", then the time of day or the date in the reader's own way. */
export function agoWords(iso: string, nowMs: number): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return ''
  const minutes = Math.floor((nowMs - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const sameDay = new Date(at).toDateString() === new Date(nowMs).toDateString()
  return new Date(at).toLocaleString(
    [],
    sameDay ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  )
}
