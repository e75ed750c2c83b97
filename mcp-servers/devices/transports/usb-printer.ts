import type { Clock } from '../../serving/clock.ts'
import { DeviceError } from '../device-error.ts'
import type { ByteChannel, ReadOutcome } from './byte-channel.ts'

/** As much of a device of the package `usb` as a printer needs. */
export interface UsbPrinterDevice {
  readonly configuration: { interfaces: readonly UsbInterface[] }
  open(): Promise<void>
  close(): Promise<void>
  claimInterface(interfaceNumber: number): Promise<void>
  releaseInterface(interfaceNumber: number): Promise<void>
  nativeControlTransferIn(
    setup: { requestType: 'class'; recipient: 'interface'; request: number; value: number; index: number },
    timeoutMs: number,
    lengthBytes: number,
  ): Promise<Uint8Array | null>
  nativeTransferIn(endpoint: number, timeoutMs: number, lengthBytes: number): Promise<Uint8Array | null>
  nativeTransferOut(endpoint: number, timeoutMs: number, data: Uint8Array): Promise<number>
}

interface UsbInterface {
  interfaceNumber: number
  alternates: readonly {
    alternateSetting: number
    interfaceClass: number
    endpoints: readonly { endpointNumber: number; direction: string; type: string }[]
  }[]
}

interface PrinterInterface {
  number: number
  alternate: number
  into: number
  /** null: the printer cannot answer. */
  outOf: number | null
}

export const usbPrinterClass = 7
const readSizeBytes = 512
const pieceBytes = 16_384
/** A printer whose buffer is full takes its time, and one without paper takes nothing. */
const pieceWithinMs = 15_000
/** A read is cut into these, so that it ends soon after the line is closed here. */
const readSliceMs = 200
const deviceIdWithinMs = 1000
const deviceIdBytes = 1024

function printerInterface(device: UsbPrinterDevice): PrinterInterface | null {
  for (const { interfaceNumber: number, alternates } of device.configuration.interfaces) {
    for (const { alternateSetting: alternate, interfaceClass, endpoints } of alternates) {
      const bulk = (direction: string) =>
        endpoints.find((endpoint) => endpoint.type === 'bulk' && endpoint.direction === direction)
          ?.endpointNumber
      const into = bulk('out')
      if (interfaceClass === usbPrinterClass && alternate === 0 && into !== undefined)
        return { number, alternate, into, outOf: bulk('in') ?? null }
    }
  }
  return null
}

/**
 * GET_DEVICE_ID of the USB printer class (USB-IF, "Printing Devices" 1.1, 4.2.1): two bytes of length, themselves included,
 * high byte first, then the text. The package sends nothing to an interface that is not claimed. null when the printer
 * cannot be asked now.
 */
export async function askDeviceId(device: UsbPrinterDevice): Promise<string | null> {
  try {
    await device.open()
  } catch {
    return null
  }
  const place = readPlace(device)
  try {
    if (!place) return null
    await device.claimInterface(place.number)
    const said = await device.nativeControlTransferIn(
      {
        requestType: 'class',
        recipient: 'interface',
        request: 0,
        value: 0,
        index: (place.number << 8) | place.alternate,
      },
      deviceIdWithinMs,
      deviceIdBytes,
    )
    if (!said || said.length < 2) return null
    const lengthBytes = (said[0] ?? 0) * 256 + (said[1] ?? 0)
    return Buffer.from(said.subarray(2, lengthBytes)).toString('latin1')
  } catch {
    return null
  } finally {
    if (place) await device.releaseInterface(place.number).catch(() => {})
    await device.close().catch(() => {})
  }
}

/** Its getter may throw. */
function readPlace(device: UsbPrinterDevice): PrinterInterface | null {
  try {
    return printerInterface(device)
  } catch {
    return null
  }
}

/** A line to a printer that no driver of the system holds. Claims are given back before closing: closing keeps them. */
export async function openUsbPrinter(device: UsbPrinterDevice, clock: Clock): Promise<ByteChannel> {
  const place = await claimed(device)
  let isClosed = false
  return {
    answersForSure: false,
    async write(bytes) {
      for (let sent = 0; sent < bytes.length; )
        sent += await writeOnce(device, place.into, bytes.subarray(sent, sent + pieceBytes))
    },
    async read(withinMs): Promise<ReadOutcome> {
      const endsAtMs = clock.nowMs() + withinMs
      const { outOf } = place
      for (;;) {
        if (isClosed) return { kind: 'closed' }
        if (outOf === null) return { kind: 'silent' }
        const sliceMs = Math.min(readSliceMs, Math.max(1, Math.ceil(endsAtMs - clock.nowMs())))
        const got = await readOnce(device, outOf, sliceMs)
        if (got.kind !== 'silent') return got
        if (clock.nowMs() >= endsAtMs) return isClosed ? { kind: 'closed' } : got
      }
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await device.releaseInterface(place.number).catch(() => {})
      await device.close().catch(() => {})
    },
  }
}

async function claimed(device: UsbPrinterDevice): Promise<PrinterInterface> {
  try {
    await device.open()
  } catch (cause) {
    throw new DeviceError(
      'no-access',
      'The system does not let HWLab open the printer. Look at “Plugged in” for what to do.',
      { cause },
    )
  }
  try {
    const place = printerInterface(device)
    if (!place)
      throw new DeviceError('unsupported', 'The printer shows no interface that takes labels over USB.')
    await device.claimInterface(place.number)
    return place
  } catch (cause) {
    await device.close().catch(() => {})
    if (cause instanceof DeviceError) throw cause
    throw new DeviceError(
      'busy',
      'Another program has the printer. Stop its print queue or close that program, then try again.',
      { cause },
    )
  }
}

async function readOnce(device: UsbPrinterDevice, endpoint: number, withinMs: number): Promise<ReadOutcome> {
  try {
    const got = await device.nativeTransferIn(endpoint, withinMs, readSizeBytes)
    return got && got.length > 0 ? { kind: 'bytes', bytes: got.slice() } : { kind: 'silent' }
  } catch (cause) {
    return { kind: isLate(cause) ? 'silent' : 'closed' }
  }
}

/** How many of the bytes the printer took: one at least. */
async function writeOnce(device: UsbPrinterDevice, endpoint: number, piece: Uint8Array): Promise<number> {
  let taken: number
  try {
    taken = await device.nativeTransferOut(endpoint, pieceWithinMs, piece)
  } catch (cause) {
    throw isLate(cause)
      ? new DeviceError('timeout', takesNoMore, { cause })
      : new DeviceError('disconnected', 'The printer was unplugged or switched off.', { cause })
  }
  if (taken === 0) throw new DeviceError('timeout', takesNoMore)
  return taken
}

const takesNoMore = 'The printer takes no more data. Look at it.'

/** The package tells failures only by words: "Cancelled" when time is up, "Disconnected", "Stall", "Fault". */
function isLate(cause: unknown): boolean {
  return cause instanceof Error && /cancelled|timed? ?out/i.test(cause.message)
}
