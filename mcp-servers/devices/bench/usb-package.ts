import { askDeviceId, type UsbPrinterDevice, usbPrinterClass } from '../transports/usb-printer.ts'
import { identify } from './identity.ts'
import type { UsbDescriptor, UsbListing } from './usb-descriptor.ts'

/** What printers said of themselves, by the plugging-in: each is asked once, because asking opens it. */
const printerIds = new Map<string, string | null>()

/**
 * For systems without sysfs (macOS, Windows). Only asks for the list: this package's hot-plug listener ends the process
 * where there is no USB bus. Its getters may open the device and throw, so each is read once and may come to nothing.
 */
export async function listFromUsbPackage(): Promise<UsbListing> {
  try {
    const found = await usbDevices()
    return { kind: 'listed', devices: found.map(({ descriptor }) => descriptor) }
  } catch {
    return {
      kind: 'not-possible',
      why: 'The system did not let HWLab list its USB devices. Start HWLab outside a sandbox, then look again.',
    }
  }
}

/** The device with this identity right now, for a line of our own to it; null when it is not plugged in. */
export async function usbPrinter(key: string): Promise<UsbPrinterDevice | null> {
  const found = await usbDevices().catch(() => [])
  const at = identify(found.map(({ descriptor }) => descriptor)).findIndex((device) => device.key === key)
  return found[at]?.device ?? null
}

/** What the printer with this identity says of itself when it is asked over USB; null when it cannot be asked. */
export async function printerIdOverUsb(key: string): Promise<string | null> {
  const found = await usbDevices().catch(() => [])
  const devices = identify(found.map(({ descriptor }) => descriptor))
  return devices.find((device) => device.key === key)?.printerId ?? null
}

async function usbDevices(): Promise<{ device: UsbPrinterDevice; descriptor: UsbDescriptor }[]> {
  const { WebUSB } = await import('usb')
  const devices = await new WebUSB({ allowAllDevices: true }).getDevices()
  return Promise.all(
    devices.map(async (device) => {
      const interfaces: UsbPrinterDevice['configuration']['interfaces'] =
        readOrNull(() => device.configuration?.interfaces) ?? []
      const classes = interfaces.flatMap((one) => one.alternates.map((alternate) => alternate.interfaceClass))
      const descriptor: UsbDescriptor = {
        vendorId: hexId(device.vendorId),
        productId: hexId(device.productId),
        serial: readOrNull(() => device.serialNumber),
        manufacturer: readOrNull(() => device.manufacturerName),
        product: readOrNull(() => device.productName),
        topology: `${device.bus}-${device.ports.join('.')}`,
        classes: [device.deviceClass, ...new Set(classes)],
        address: device.address,
        nodes: [],
        ports: [],
        printerId: null,
      }
      return { device, descriptor: { ...descriptor, printerId: await printerId(device, descriptor) } }
    }),
  )
}

async function printerId(device: UsbPrinterDevice, descriptor: UsbDescriptor): Promise<string | null> {
  if (!descriptor.classes.includes(usbPrinterClass)) return null
  const pluggedIn = `${descriptor.vendorId}:${descriptor.productId}@${descriptor.topology}#${descriptor.address}`
  const known = printerIds.get(pluggedIn)
  if (known !== undefined) return known
  const said = await askDeviceId(device)
  printerIds.set(pluggedIn, said)
  return said
}

function hexId(id: number): string {
  return id.toString(16).padStart(4, '0')
}

function readOrNull<Value>(read: () => Value | null | undefined): Value | null {
  try {
    return read() ?? null
  } catch {
    return null
  }
}
