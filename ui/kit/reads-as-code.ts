/** Tags, serials and addresses: no spaces, at least one digit, no small words. */
export function readsAsCode(value: string | null): boolean {
  return value !== null && /^[A-Z0-9][A-Z0-9:./_-]{3,}$/.test(value) && /\d/.test(value)
}
