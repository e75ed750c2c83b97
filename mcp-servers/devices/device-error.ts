/** The world failed at a device: the sentence says what happened and what to try, and may be shown to a person. */
export class DeviceError extends Error {
  override name = 'DeviceError'
}

/** The code of a failed system call, such as `ENOENT`, or null for any other error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
