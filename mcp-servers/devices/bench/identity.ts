import type { UsbDescriptor } from './usb-descriptor.ts'

/** Serial numbers that many devices share, because nobody programmed one. */
const fakeSerial = /^(0+|1+|f+|123456\d*|0123456789\w*|abcdef\w*|none|unknown|n\/a|default|serial(number)?)$/i

export interface IdentifiedDevice extends UsbDescriptor {
  /**
   * `usb:<vid>:<pid>:<serial>`, or `usb:<vid>:<pid>@<topology>` where the serial number is missing, fake, or worn by two
   * live devices: then the identity belongs to the socket. Never a path, never a bus address.
   */
  key: string
  boundToSocket: boolean
}

export function identify(devices: UsbDescriptor[]): IdentifiedDevice[] {
  const serialKey = (device: UsbDescriptor) =>
    `usb:${device.vendorId}:${device.productId}:${keyText(device.serial ?? '')}`
  const worn = new Map<string, number>()
  for (const device of devices) worn.set(serialKey(device), (worn.get(serialKey(device)) ?? 0) + 1)
  return devices.map((device) => {
    const key = serialKey(device)
    const isTrusted = device.serial !== null && !fakeSerial.test(device.serial.trim()) && worn.get(key) === 1
    return isTrusted
      ? { ...device, key, boundToSocket: false }
      : {
          ...device,
          key: `usb:${device.vendorId}:${device.productId}@${device.topology}`,
          boundToSocket: true,
        }
  })
}

/** Without control characters and bounded: a serial number is a stranger's text. A slash begins the number of a port. */
function keyText(serial: string): string {
  return serial.replace(/[^\x21-\x2e\x30-\x7e]+/g, '_').slice(0, 64)
}
