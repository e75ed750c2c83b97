import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const configfs = '/sys/kernel/config/usb_gadget'

/** One USB device that this guest is, by way of the kernel's gadget drivers (Documentation/usb/gadget_configfs.rst). */
export interface Gadget {
  /** The device's own side: "/dev/ttyGS0", "/dev/hidg0". */
  node: string
  /** Plugs it into one of the four sockets. */
  plugIn(socket: number): void
  unplug(): void
}

export interface GadgetWish {
  name: string
  vendorId: string
  productId: string
  serial: string | null
  product: string
  function: 'acm' | 'hid' | 'printer'
  /** IEEE 1284 device id, for a printer. */
  printerId?: string
}

/** Vendor page, 64 bytes each way, no report number: as a FNIRSI meter. HID 1.11 §6.2.2. */
const meterReport = Buffer.from(
  '0600ff0901a1010901150026ff0075089540810209019540150026ff00750891 02c0'.replaceAll(' ', ''),
  'hex',
)

export function makeGadget(wish: GadgetWish): Gadget {
  const root = join(configfs, wish.name)
  const write = (path: string, value: string | Buffer) => writeFileSync(join(root, path), value)
  for (const folder of ['', 'strings/0x409', 'configs/c.1', `functions/${wish.function}.${wish.name}`])
    mkdirSync(join(root, folder))
  write('idVendor', `0x${wish.vendorId}`)
  write('idProduct', `0x${wish.productId}`)
  if (wish.serial !== null) write('strings/0x409/serialnumber', wish.serial)
  write('strings/0x409/manufacturer', 'bench-vm')
  write('strings/0x409/product', wish.product)
  const function_ = `functions/${wish.function}.${wish.name}`
  if (wish.function === 'hid') {
    for (const [name, value] of Object.entries({ protocol: '0', subclass: '0', report_length: '64' }))
      write(`${function_}/${name}`, value)
    write(`${function_}/report_desc`, meterReport)
  }
  if (wish.function === 'printer') {
    write(`${function_}/pnp_string`, wish.printerId ?? '')
    write(`${function_}/q_len`, '10')
  }
  symlinkSync(join(root, function_), join(root, 'configs/c.1', `${wish.function}.${wish.name}`))
  return {
    node: nodeOf(join(root, function_), wish.function),
    plugIn: (socket) => write('UDC', `dummy_udc.${socket}`),
    unplug: () => write('UDC', '\n'),
  }
}

function nodeOf(function_: string, kind: GadgetWish['function']): string {
  const read = (name: string) => readFileSync(join(function_, name), 'utf8').trim()
  if (kind === 'acm') return `/dev/ttyGS${read('port_num')}`
  if (kind === 'hid') return `/dev/hidg${read('dev').split(':')[1]}`
  return '/dev/g_printer0'
}

export function haveSockets(): boolean {
  return existsSync('/sys/class/udc/dummy_udc.3')
}
