import { DeviceError } from '../device-error.ts'
import { hidBindings } from '../transports/hid.ts'
import type { PresentDevice } from './registry.ts'

/** Where the HID interface of the device is right now. Linux tells by its node, elsewhere hidapi is asked. */
export async function hidPath(device: PresentDevice): Promise<string> {
  const node = device.nodes.find((one) => one.startsWith('/dev/hidraw'))
  if (node) return node
  const ids = [Number.parseInt(device.vendorId, 16), Number.parseInt(device.productId, 16)] as const
  const found = process.platform === 'linux' ? [] : await (await hidBindings()).devicesAsync(...ids)
  const own = found.filter((one) => device.serial === null || one.serialNumber === device.serial)
  const [only, other] = own
  if (only?.path && !other) return only.path
  throw new DeviceError(
    'unsupported',
    'The system has no HID driver on this device. Plug the meter in at its port named PC, with a data cable.',
  )
}
