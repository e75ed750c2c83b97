import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
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
export async function openFakeUsbBus() {
  const root = await mkdtemp(join(tmpdir(), 'hwlab-bus-'))
  const folder = join(root, 'bus/usb/devices')
  await mkdir(folder, { recursive: true })
  const plugged = new Map<string, { device: FakeDevice; tty: number }>()
  let address = 1

  async function attach(socket: string, device: FakeDevice): Promise<void> {
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
      await mkdir(join(folder, path, '..'), { recursive: true })
      await writeFile(join(folder, path), `${text}\n`)
    }
  }
  const enumerate: EnumerateUsb = () => listFromSysfs(root)

  return {
    enumerate,
    attach,
    async detach(socket: string): Promise<void> {
      plugged.delete(socket)
      for (const name of [socket, `${socket}:1.0`])
        await rm(join(folder, name), { recursive: true, force: true })
    },
    sockets: () => [...plugged.keys()],
    /** What answers behind a path right now. */
    behind(path: string): FakeDevice | null {
      return [...plugged.values()].find((one) => `/dev/ttyUSB${one.tty}` === path)?.device ?? null
    },
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true, force: true })
    },
  }
}
