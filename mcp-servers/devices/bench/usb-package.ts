import type { UsbListing } from './usb-descriptor.ts'

/**
 * For systems without sysfs (macOS, Windows). Only asks for the list: this package's hot-plug listener ends the process
 * where there is no USB bus. Its getters may open the device and throw, so each is read once and may come to nothing.
 */
export async function listFromUsbPackage(): Promise<UsbListing> {
  try {
    const { WebUSB } = await import('usb')
    const devices = await new WebUSB({ allowAllDevices: true }).getDevices()
    return {
      kind: 'listed',
      devices: devices.map((device) => ({
        vendorId: hexId(device.vendorId),
        productId: hexId(device.productId),
        serial: readOrNull(() => device.serialNumber),
        manufacturer: readOrNull(() => device.manufacturerName),
        product: readOrNull(() => device.productName),
        topology: `${device.bus}-${device.ports.join('.')}`,
        classes: [device.deviceClass],
        address: device.address,
        nodes: [],
        printerId: null,
      })),
    }
  } catch {
    return {
      kind: 'not-possible',
      why: 'The system did not let HWLab list its USB devices. Start HWLab outside a sandbox, then look again.',
    }
  }
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
