import type { Clock } from '../../serving/clock.ts'
import { DeviceError } from '../device-error.ts'
import { isNiimbot } from '../printers/niimbot/models.ts'
import { type SerialSettings, type SerialTransport, serialTransport } from '../transports/serial.ts'
import { assertNobodyElse } from '../transports/serial-failure.ts'
import { deviceName } from './bench.ts'
import { knownDevice, opensAsConsole } from './known-devices.ts'
import { deviceKey, type Lease } from './lease-book.ts'
import { isMadeBySomebody } from './named-ports.ts'
import type { DeviceRegistry, PresentDevice } from './registry.ts'

/** A serial port that may lead to a console or a tester. */
export interface SerialPlace {
  /** The device’s key, with the number of the port where it has several: "usb:0403:6011:A1/2". */
  place: string
  /** "FTDI FT4232, port 3". */
  name: string
  simulated: boolean
}

const massStorageClass = 8
const hidClass = 3
const printerClass = 7
const acmClass = 2
const vendorClass = 0xff

/**
 * Ports that nothing else lays claim to: the serial port of a meter, a printer, a radio stick or a power supply belongs to
 * that device, and bytes that are meant for a console could make it do something.
 */
export function serialPlaces(devices: PresentDevice[]): SerialPlace[] {
  return devices.filter(isFree).flatMap((device): SerialPlace[] => {
    if (device.simulated) return [{ place: device.key, name: device.simulated.name, simulated: true }]
    return device.ports.map(({ number }) => ({
      place: hasSeveralPorts(device) ? `${device.key}/${number}` : device.key,
      name: hasSeveralPorts(device) ? `${deviceName(device)}, port ${number + 1}` : deviceName(device),
      simulated: false,
    }))
  })
}

function isFree(device: PresentDevice): boolean {
  if (device.simulated) return device.simulated.line.kind === 'serial'
  const known = knownDevice(device)
  if (known) return opensAsConsole(known)
  if (isNiimbot(device)) return false
  return ![massStorageClass, hidClass, printerClass].some((code) => device.classes.includes(code))
}

/** Also when the system shows only one of them: its interfaces tell, vendor-specific ones of adapters and those of ACM. */
function hasSeveralPorts({ ports, classes }: PresentDevice): boolean {
  const isAcm = ports.some(({ node }) => node.startsWith('/dev/ttyACM'))
  const [, ...ofInterfaces] = classes
  return (
    ports.length > 1 || ofInterfaces.filter((code) => code === (isAcm ? acmClass : vendorClass)).length > 1
  )
}

/**
 * A line to a serial place. Each opening takes the lease and closing gives it back; a line whose device was unplugged reads
 * as closed, whatever is still on its way. `waitMs`: how long to wait for another user of HWLab’s own.
 */
export function serialLine(
  registry: DeviceRegistry,
  wish: { place: string; settings: SerialSettings; purpose: string; waitMs?: number },
  clock: Clock,
): SerialTransport {
  const { place, settings, purpose } = wish
  return {
    words: `the serial port of ${place}`,
    async open() {
      const lease = await registry.lease(place, purpose, wish.waitMs)
      try {
        const channel = await lease.open(() => transportOf(lease, settings, clock).open())
        return {
          ...channel,
          async read(withinMs) {
            const got = await channel.read(withinMs)
            if (got.kind === 'closed') registry.hint()
            return lease.signal.aborted ? { kind: 'closed' } : got
          },
          close: lease.release,
        }
      } catch (error) {
        await lease.release()
        registry.hint()
        throw error
      }
    },
  }
}

function transportOf({ place, device }: Lease, settings: SerialSettings, clock: Clock): SerialTransport {
  if (device.simulated?.line.kind === 'serial') return device.simulated.line.at(settings)
  const { ports } = device
  const wanted = place === deviceKey(place) ? null : Number(place.slice(place.lastIndexOf('/') + 1))
  const port = wanted === null ? ports[0] : ports.find(({ number }) => number === wanted)
  const pathOf = async ({ node }: { node: string }) => (isMadeBySomebody(device) ? node : freeNode(node))
  if (port) return serialTransport(deviceName(device), () => pathOf(port), settings, clock)
  throw new DeviceError('unsupported', `${deviceName(device)} has no serial port that the system knows of.`)
}

async function freeNode(node: string): Promise<string> {
  await assertNobodyElse(node)
  return node
}
