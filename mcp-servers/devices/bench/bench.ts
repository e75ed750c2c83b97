import { type IdentifiedDevice, identify } from './identity.ts'
import { classKinds, knownDevice } from './known-devices.ts'
import type { EnumerateUsb } from './usb-descriptor.ts'

/** Shaped as a device of the bench panel. */
export interface BenchDevice {
  key: string
  name: string
  kind: string
  /** "04f9:209d, serial 000M6Z401370". */
  ids: string
  note: string | null
}

export interface BenchListing {
  devices: BenchDevice[]
  /** Why devices cannot be listed here, or null. */
  note: string | null
}

const massStorageClass = 8
const hubClass = 9
const printerClass = 7
const brotherVendor = '04f9'

export async function listBench(enumerate: EnumerateUsb): Promise<BenchListing> {
  const listing = await enumerate()
  if (listing.kind === 'not-possible') return { devices: [], note: listing.why }
  const devices = identify(listing.devices)
    .filter((device) => device.classes[0] !== hubClass)
    .map(benchDevice)
    .sort((one, other) => one.key.localeCompare(other.key))
  return { devices, note: null }
}

function benchDevice(device: IdentifiedDevice): BenchDevice {
  const known = knownDevice(device.vendorId, device.productId)
  const said = [device.manufacturer, device.product].flatMap((text) => plainText(text ?? '') || [])
  const ids = `${device.vendorId}:${device.productId}`
  const serial = plainText(device.serial ?? '')
  return {
    key: device.key,
    name:
      known && known.productId !== null ? known.name : said.join(' ') || known?.name || `USB device ${ids}`,
    kind: known?.kind ?? kindOf(device.classes),
    ids: serial === '' ? ids : `${ids}, serial ${serial}`,
    note: editorLiteNote(device) ?? known?.note ?? socketNote(device),
  }
}

function kindOf(classes: number[]): string {
  const code = classes.find((candidate) => classKinds[candidate] !== undefined)
  return code === undefined ? 'USB device' : (classKinds[code] ?? 'USB device')
}

/** A QL in this mode shows a disk with a label editor instead of a printer: pklaus/brother_ql `backends/pyusb.py`. */
function editorLiteNote(device: IdentifiedDevice): string | null {
  const isPrinter = device.classes.includes(printerClass)
  return device.vendorId === brotherVendor && device.classes.includes(massStorageClass) && !isPrinter
    ? 'The printer is in Editor Lite mode. Hold its Editor Lite button until the light goes out.'
    : null
}

function socketNote(device: IdentifiedDevice): string | null {
  return device.boundToSocket
    ? 'It has no serial number of its own, so HWLab knows it by the socket. Keep it in this one.'
    : null
}

/** A device's own words: one short line without control characters. */
function plainText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 60)
}

/** `/dev/usb/lpN` of the device with this identity right now, or null. */
export async function printerNode(enumerate: EnumerateUsb, key: string): Promise<string | null> {
  const listing = await enumerate()
  if (listing.kind === 'not-possible') return null
  const device = identify(listing.devices).find((candidate) => candidate.key === key)
  return device?.nodes.find((node) => node.startsWith('/dev/usb/lp')) ?? null
}

/** Brother label printers that are plugged in and have a printer node. */
export async function pluggedInQlPrinters(
  enumerate: EnumerateUsb,
): Promise<{ key: string; model: string }[]> {
  const listing = await enumerate()
  if (listing.kind === 'not-possible') return []
  return identify(listing.devices).flatMap((device) => {
    const known = device.vendorId === brotherVendor ? knownDevice(brotherVendor, device.productId) : null
    const hasNode = device.nodes.some((node) => node.startsWith('/dev/usb/lp'))
    return known && hasNode ? [{ key: device.key, model: known.name.replace('Brother ', '') }] : []
  })
}
