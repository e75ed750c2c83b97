import { accessFix } from '../bench/device-access.ts'
import { programsHolding } from '../bench/held-by.ts'
import { DeviceError, type DeviceTrouble } from '../device-error.ts'

/** The bindings throw plain errors whose text holds the system’s words and no code (seen in 13.0.1). */
const troubles: readonly (readonly [RegExp, DeviceTrouble])[] = [
  [/cannot lock port|temporarily unavailable|resource busy|access denied/i, 'busy'],
  [/permission denied|operation not permitted/i, 'no-access'],
  [/no such file|cannot find|file not found/i, 'not-found'],
  [/inappropriate ioctl|custom baudrate|not supported|invalid argument|unknown baud/i, 'unsupported'],
]

/** Why a serial port failed, as a `DeviceError` whose sentence says what to do. */
export async function serialFailure(path: string, cause: unknown): Promise<DeviceError> {
  if (cause instanceof DeviceError) return cause
  const words = cause instanceof Error ? cause.message : String(cause)
  const kind = troubles.find(([pattern]) => pattern.test(words))?.[1] ?? 'disconnected'
  return new DeviceError(kind, await sentence(kind, path), { cause })
}

async function sentence(kind: DeviceTrouble, path: string): Promise<string> {
  switch (kind) {
    case 'busy':
      return busySentence(path, await programsHolding(path))
    case 'no-access':
      return accessFix(path)
    case 'not-found':
      return `There is no serial port ${path}. Check that the device is plugged in.`
    case 'unsupported':
      return `The serial port ${path} does not do that. Try another speed.`
    default:
      return `The device at ${path} was unplugged or switched off.`
  }
}

/**
 * Throws when another program that may be seen has the port open. The lock of a serial port keeps out only who asks for it:
 * beside a `screen`, each would get a part of what the device says, and our keys would go into somebody’s session.
 */
export async function assertNobodyElse(path: string): Promise<void> {
  const programs = await programsHolding(path)
  if (programs.length > 0) throw new DeviceError('busy', busySentence(path, programs))
}

/** Who usually takes a port: ModemManager tries new ones for modems, brltty takes some adapters for Braille lines. */
function busySentence(path: string, programs: string[]): string {
  return programs.length > 0
    ? `${path} is in use by ${programs.join(' and ')}. Close it there, then try again.`
    : `${path} is in use by another program (a terminal such as screen or minicom, ModemManager, brltty). Close it there, then try again.`
}
