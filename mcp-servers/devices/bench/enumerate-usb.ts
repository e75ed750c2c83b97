import { listFromSysfs } from './sysfs.ts'
import type { EnumerateUsb } from './usb-descriptor.ts'
import { listFromUsbPackage } from './usb-package.ts'

/** The way of this system. */
export function enumerateUsb(platform: NodeJS.Platform): EnumerateUsb {
  return platform === 'linux' ? () => listFromSysfs('/sys') : listFromUsbPackage
}
