/** `AA:BB:CC:DD:EE:FF`, NetBox's way to write one, or null when it is none. */
export function macText(mac: string): string | null {
  const digits = mac.replace(/[\s:.-]/g, '').toUpperCase()
  return /^[0-9A-F]{12}$/.test(digits) ? (digits.match(/../g)?.join(':') ?? null) : null
}
