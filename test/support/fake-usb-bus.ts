import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listFromSysfs } from '../../mcp-servers/devices/bench/sysfs.ts'
import type { EnumerateUsb } from '../../mcp-servers/devices/bench/usb-descriptor.ts'

export interface FakeDevice {
  vendorId: string
  productId: string
  serial: string | null
}

/**
 * A bus as sysfs shows it, in a temporary folder: every plugging-in gets the next address and the lowest free
 * `/dev/ttyUSBn`, as on a real machine, so that paths move from device to device.
 */
export function openFakeUsbBus() {
  const root = mkdtempSync(join(tmpdir(), 'hwlab-bus-'))
  const folder = join(root, 'bus/usb/devices')
  mkdirSync(folder, { recursive: true })
  const plugged = new Map<string, { device: FakeDevice; tty: number }>()
  let address = 1

  function attach(socket: string, device: FakeDevice): void {
    const taken = new Set([...plugged.values()].map((one) => one.tty))
    let tty = 0
    while (taken.has(tty)) tty += 1
    plugged.set(socket, { device, tty })
    address += 1
    const files: Record<string, string> = {
      [`${socket}/idVendor`]: device.vendorId,
      [`${socket}/idProduct`]: device.productId,
      [`${socket}/bDeviceClass`]: 'ff',
      [`${socket}/devnum`]: String(address),
      [`${socket}:1.0/bInterfaceClass`]: 'ff',
      [`${socket}:1.0/ttyUSB${tty}/port_number`]: '0',
      ...(device.serial === null ? {} : { [`${socket}/serial`]: device.serial }),
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), `${text}\n`)
    }
  }
  const enumerate: EnumerateUsb = () => listFromSysfs(root)

  return {
    enumerate,
    attach,
    detach(socket: string): void {
      plugged.delete(socket)
      for (const name of [socket, `${socket}:1.0`])
        rmSync(join(folder, name), { recursive: true, force: true })
    },
    sockets: () => [...plugged.keys()],
    /** What answers behind a path right now. */
    behind(path: string): FakeDevice | null {
      return [...plugged.values()].find((one) => `/dev/ttyUSB${one.tty}` === path)?.device ?? null
    },
    [Symbol.dispose]() {
      rmSync(root, { recursive: true, force: true })
    },
  }
}
