import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../device-error.ts'
import type { UsbDescriptor, UsbListing } from './usb-descriptor.ts'

/** Reads what Linux knows about USB devices; needs no rights and opens no device. `root` is `/sys`. */
export async function listFromSysfs(root: string): Promise<UsbListing> {
  const folder = join(root, 'bus/usb/devices')
  const names = await namesIn(folder)
  if (names === null)
    return {
      kind: 'not-possible',
      why: 'This machine shows no USB bus (a container or virtual machine does not pass one through), so plugged-in devices cannot be listed here. In Docker, add `--device /dev/bus/usb`.',
    }
  const ports = names.filter((name) => /^\d+-[\d.]+$/.test(name))
  const devices = await Promise.all(ports.map((name) => readDevice(folder, name, names)))
  return { kind: 'listed', devices: devices.filter((device) => device !== null) }
}

async function readDevice(folder: string, name: string, names: string[]): Promise<UsbDescriptor | null> {
  const attribute = (file: string) => textOf(join(folder, name, file))
  const [vendorId, productId] = await Promise.all([attribute('idVendor'), attribute('idProduct')])
  if (vendorId === null || productId === null) return null
  const interfaces = names.filter((other) => other.startsWith(`${name}:`))
  const [serial, manufacturer, product, deviceClass, address, ...rest] = await Promise.all([
    attribute('serial'),
    attribute('manufacturer'),
    attribute('product'),
    attribute('bDeviceClass'),
    attribute('devnum'),
    ...interfaces.map((one) => textOf(join(folder, one, 'bInterfaceClass'))),
  ])
  const nodes = await Promise.all(interfaces.map((one) => nodesOf(join(folder, one))))
  const printerIds = await Promise.all(interfaces.map((one) => textOf(join(folder, one, 'ieee1284_id'))))
  return {
    vendorId: vendorId.toLowerCase(),
    productId: productId.toLowerCase(),
    serial: serial === '' ? null : serial,
    manufacturer,
    product,
    topology: name,
    address: address === null ? null : Number(address),
    classes: [deviceClass, ...rest].flatMap((code) => (code === null ? [] : [Number.parseInt(code, 16)])),
    nodes: nodes.flat(),
    ports: interfaces.flatMap((one, at) => portsOf(one, nodes[at] ?? [])),
    printerId: printerIds.find((id) => id !== null) ?? null,
  }
}

/** ACM has `tty/ttyACM0` below its interface, adapters have `ttyUSB0`, printers `usbmisc/lp0`, HID `<its id>/hidraw/hidraw0`. */
async function nodesOf(folder: string): Promise<string[]> {
  const [own, acm, printers] = await Promise.all([
    namesIn(folder),
    namesIn(join(folder, 'tty')),
    namesIn(join(folder, 'usbmisc')),
  ])
  return [
    ...(own ?? []).filter((name) => /^ttyUSB\d+$/.test(name)).map((name) => `/dev/${name}`),
    ...(acm ?? []).map((name) => `/dev/${name}`),
    ...(printers ?? []).filter((name) => /^lp\d+$/.test(name)).map((name) => `/dev/usb/${name}`),
    ...(await reportNodes(folder, own ?? [])),
  ]
}

/**
 * Adapters have a port an interface (`3-1:1.2` is the third), ACM functions take two interfaces each. Counted so, a port keeps
 * its number when another program has taken one before it from the system.
 */
function portsOf(name: string, nodes: readonly string[]): UsbDescriptor['ports'] {
  const interfaceNumber = Number(/\.(\d+)$/.exec(name)?.[1] ?? 0)
  return nodes
    .filter((node) => node.startsWith('/dev/tty'))
    .map((node) => ({
      node,
      number: node.startsWith('/dev/ttyACM') ? Math.floor(interfaceNumber / 2) : interfaceNumber,
    }))
}

async function reportNodes(folder: string, own: string[]): Promise<string[]> {
  const ids = own.filter((name) => /^[0-9A-F]{4}:[0-9A-F]{4}:[0-9A-F]{4}\.[0-9A-F]{4}$/.test(name))
  const names = await Promise.all(ids.map((id) => namesIn(join(folder, id, 'hidraw'))))
  return names.flatMap((found) => (found ?? []).map((name) => `/dev/${name}`))
}

async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    return nothingOf(error)
  }
}

/** A device may go while it is read (`ENODEV` in the middle of a file), and one that misbehaves must not hide the others. */
async function textOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    return nothingOf(error)
  }
}

function nothingOf(error: unknown): null {
  if (systemCode(error) !== null) return null
  throw error
}
