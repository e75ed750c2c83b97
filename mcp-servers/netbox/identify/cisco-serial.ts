/**
 * Cisco's LLLYYWWSSSS: plant, years since 1996, week 01 to 53, four characters. It checks the date only, so a misread
 * ending still passes.
 */
export function ciscoDate(serial: string): { year: number; week: number } | null {
  const parts = /^[A-Z]{3}(0[1-9]|[1-3]\d)(0[1-9]|[1-4]\d|5[0-3])[0-9A-Z]{4}$/.exec(serial)
  return parts ? { year: 1996 + Number(parts[1]), week: Number(parts[2]) } : null
}
