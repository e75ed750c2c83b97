/** Money is counted in whole pico-dollars (10⁻¹² USD): a token of the cheapest models costs thousands of them, and sums stay exact. */
const picoPerUsd = 1e12

/** Sums stay exact below it, and no call costs as much: a server that says so has a fault. */
export const usdMax = 1000

export function picoUsd(usd: number): number {
  return Math.round(usd * picoPerUsd)
}

export function usd(pico: number): number {
  return pico / picoPerUsd
}

/** "$0.50", "$0.026", "0.12 cents": two digits that mean something, never more. */
export function usdWords(pico: number): string {
  const dollars = usd(pico)
  if (dollars === 0) return '$0'
  if (dollars < 0.0001) return 'under 0.01 cents'
  if (dollars < 0.00995) return `${Number((dollars * 100).toPrecision(2))} cents`
  if (dollars >= 0.0995) return `$${dollars.toFixed(2)}`
  const digits = dollars.toFixed(3)
  return `$${digits.endsWith('0') ? digits.slice(0, -1) : digits}`
}
