import type { HIDAsync } from 'node-hid'
import type { Clock } from '../../serving/clock.ts'
import { accessFix, mayUse } from '../bench/device-access.ts'
import { programsHolding } from '../bench/held-by.ts'
import { DeviceError } from '../device-error.ts'
import type { ByteChannel } from './byte-channel.ts'
import { ByteInbox } from './byte-inbox.ts'

/** An open line of HID reports: every write is one report, every read gives one. */
export type ReportChannel = Pick<ByteChannel, 'write' | 'read' | 'close'>

export interface ReportTransport {
  words: string
  /** Throws `DeviceError` when the device cannot be opened. */
  open(): Promise<ReportChannel>
}

const closeWithinMs = 1000
/** hidapi wants the report number first, and 0 where a device has only one kind of report. */
const onlyReport = 0

/** A HID interface at the path that `resolvePath` tells at every opening. */
export function hidTransport(
  words: string,
  resolvePath: () => Promise<string>,
  clock: Clock,
): ReportTransport {
  return {
    words,
    async open() {
      const path = await resolvePath()
      const { HIDAsync } = await hidBindings()
      try {
        const channel = reportChannel(await HIDAsync.open(path), clock)
        await readingBegins()
        return channel
      } catch (cause) {
        throw await openFailure(path, cause)
      }
    },
  }
}

/**
 * The package begins to read in the next tick, and throws there, outside every promise, when the device was closed before
 * (node-hid 3.4.0, `HIDAsync.resume`): that ends the process. Nobody gets a line that could still be closed too early.
 */
function readingBegins(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}

/** Native code: loaded when a device is opened, so that a machine for which there is none starts without it. */
export async function hidBindings() {
  try {
    return (await import('node-hid')).default
  } catch (cause) {
    throw new DeviceError('unsupported', 'HWLab cannot open HID devices on this kind of machine.', { cause })
  }
}

/** hidapi says only that it did not work, so the reason is looked for where the system shows it. */
async function openFailure(path: string, cause: unknown): Promise<DeviceError> {
  if (!(await mayUse(path))) return new DeviceError('no-access', await accessFix(path), { cause })
  const holders = await programsHolding(path)
  if (holders.length > 0)
    return new DeviceError('busy', `The device is in use by ${holders.join(' and ')}. Close it there.`, {
      cause,
    })
  return new DeviceError('not-found', 'The device is not there any more. Plug it in again.', { cause })
}

function reportChannel(device: HIDAsync, clock: Clock): ReportChannel {
  const inbox = new ByteInbox(clock)
  let closing: Promise<void> | null = null
  device.on('error', () => inbox.end())
  device.on('data', (report: Buffer) => {
    if (!inbox.isFull()) inbox.put(Uint8Array.from(report))
  })
  return {
    async write(report) {
      try {
        await device.write(Buffer.from([onlyReport, ...report]))
      } catch (cause) {
        inbox.end()
        throw new DeviceError('disconnected', 'The device was unplugged.', { cause })
      }
    },
    read: (withinMs) => inbox.take(withinMs),
    async close() {
      inbox.end()
      closing ??= new Promise((resolve) => {
        const cancel = clock.after(closeWithinMs, resolve)
        device
          .close()
          .catch(() => {})
          .finally(() => {
            cancel()
            resolve()
          })
      })
      await closing
    },
  }
}
