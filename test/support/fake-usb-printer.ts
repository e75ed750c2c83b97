import type { UsbPrinterDevice } from '../../mcp-servers/devices/transports/usb-printer.ts'

/**
 * A printer on a USB bus in memory, behaving as the package `usb` does: a read that nothing answers is cancelled after its
 * time, and what is claimed stays claimed until it is released.
 */
export function fakeUsbPrinter(options: {
  deviceId: string
  /** Of one transfer; what is beyond it, the printer did not get. */
  takesAtMostBytes?: number
  answer(heard: Uint8Array): Uint8Array | null
}) {
  const waiting: Uint8Array[] = []
  const claimed = new Set<number>()
  let isOpen = false
  let wake = () => {}
  let isPlugged = true
  let heardBytes = 0
  const put = (bytes: Uint8Array) => {
    waiting.push(bytes)
    wake()
  }
  const somethingWithin = (timeoutMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const gone = () => {
    if (!isPlugged) throw new Error('transfer error: Disconnected')
  }
  const bulk = (endpointNumber: number, direction: string) => ({ endpointNumber, direction, type: 'bulk' })
  const device: UsbPrinterDevice = {
    configuration: {
      interfaces: [
        {
          interfaceNumber: 1,
          alternates: [
            { alternateSetting: 0, interfaceClass: 8, endpoints: [bulk(4, 'out'), bulk(4, 'in')] },
          ],
        },
        {
          interfaceNumber: 2,
          alternates: [
            { alternateSetting: 0, interfaceClass: 7, endpoints: [bulk(3, 'out'), bulk(3, 'in')] },
          ],
        },
      ],
    },
    async open() {
      gone()
      isOpen = true
    },
    async close() {
      isOpen = false
    },
    async claimInterface(number) {
      if (claimed.has(number)) throw new Error('claimInterface error: interface is busy')
      claimed.add(number)
    },
    async releaseInterface(number) {
      claimed.delete(number)
    },
    async nativeControlTransferIn({ index }) {
      if (!claimed.has(index >> 8)) throw new Error('controlTransferIn error: invalid state')
      const text = Buffer.from(options.deviceId, 'latin1')
      const length = text.length + 2
      return index === 0x0200 ? Buffer.concat([Uint8Array.of(length >> 8, length & 0xff), text]) : null
    },
    async nativeTransferOut(_endpoint, _timeoutMs, data) {
      gone()
      const taken = data.subarray(0, options.takesAtMostBytes)
      heardBytes += taken.length
      const said = options.answer(taken)
      if (said) put(said)
      return taken.length
    },
    async nativeTransferIn(_endpoint, timeoutMs, lengthBytes) {
      gone()
      if (waiting.length === 0) await somethingWithin(timeoutMs)
      gone()
      const next = waiting.shift()
      if (!next) throw new Error('transferIn error: Cancelled')
      if (next.length > lengthBytes) waiting.unshift(next.subarray(lengthBytes))
      return next.subarray(0, lengthBytes)
    },
  }
  return {
    device,
    unplug() {
      isPlugged = false
      wake()
    },
    /** The printer speaks by itself. */
    say: put,
    claim: (number: number) => device.claimInterface(number),
    heardBytes: () => heardBytes,
    /** Nothing is claimed and it is closed. */
    isFree: () => claimed.size === 0 && !isOpen,
  }
}
