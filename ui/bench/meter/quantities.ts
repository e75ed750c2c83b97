/** Numbers as the meter’s own display has them: fixed digits, so that they do not jump. */
export const inVolts = (value: number) => `${value.toFixed(3)} V`
export const inAmperes = (value: number) => `${value.toFixed(4)} A`
export const inWatts = (value: number) => `${value.toFixed(3)} W`
export const inWattHours = (value: number) => `${value.toFixed(value < 10 ? 4 : 2)} Wh`
export const inMilliampereHours = (value: number) => `${value.toFixed(1)} mAh`
export const inCelsius = (value: number) => `${value.toFixed(1)} °C`

/** "8.2 s", "2 min 14 s", "1 h 05 min". */
export function durationWords(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** Along a time axis: "0:30", "1:05:00". */
export function clockWords(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** "1 gap, 9.2 s without samples"; null: there is none. */
export function gapWords(gaps: number, missingSeconds: number): string | null {
  if (gaps === 0) return null
  return `${gaps === 1 ? '1 gap' : `${gaps} gaps`}, ${durationWords(missingSeconds)} without samples`
}

/** Least and greatest of what is shown, for somebody who cannot see the drawing. */
export function extentWords(
  name: string,
  values: (number | null)[],
  inUnit: (value: number) => string,
): string {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return `${name}: nothing measured`
  const least = known.reduce((one, other) => Math.min(one, other))
  const most = known.reduce((one, other) => Math.max(one, other))
  return `${name}: between ${inUnit(least)} and ${inUnit(most)}`
}
