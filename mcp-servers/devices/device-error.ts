/** What can go wrong between HWLab and a device; nothing else can. */
export type DeviceTrouble =
  | 'not-found'
  | 'no-access'
  | 'busy'
  | 'disconnected'
  | 'timeout'
  /** It answers, but not as such a device does. */
  | 'protocol'
  /** HWLab, or this machine, cannot do that. */
  | 'unsupported'

/** The world failed at a device: the sentence says what happened and what to try, and may be shown to a person. */
export class DeviceError extends Error {
  override name = 'DeviceError'
  readonly kind: DeviceTrouble

  constructor(kind: DeviceTrouble, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.kind = kind
  }
}

/** The code of a failed system call, such as `ENOENT`, or null for any other error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** What a failed system call means for the device behind it. */
export function troubleOf(code: string | null): DeviceTrouble {
  if (code === 'EACCES' || code === 'EPERM') return 'no-access'
  if (code === 'EBUSY' || code === 'EAGAIN') return 'busy'
  if (code === 'ETIMEDOUT') return 'timeout'
  return code === 'EIO' || code === 'ENODEV' || code === 'ECONNRESET' || code === 'EPIPE'
    ? 'disconnected'
    : 'not-found'
}
