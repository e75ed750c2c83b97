import { accessFix, mayUse } from './device-access.ts'
import { programsHolding } from './held-by.ts'
import { type IdentifiedDevice, identify } from './identity.ts'
import { classKinds, knownDevice } from './known-devices.ts'
import { isMadeBySomebody } from './named-ports.ts'
import type { DeviceRegistry, PresentDevice } from './registry.ts'
import type { EnumerateUsb } from './usb-descriptor.ts'

/** Shaped as a device of the bench panel. */
export interface BenchDevice {
  key: string
  name: string
  kind: string
  /** "04f9:209d, serial 000M6Z401370". */
  ids: string
  simulated: boolean
  /** "Ready", "In use: live values", "In use by screen (process 4711)", "Plugged in, no access". */
  stateWords: string
  tone: 'good' | 'working' | 'bad' | 'muted'
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

/** What was plugged in at the last look, and whether it can be used. */
export async function listBench(registry: DeviceRegistry): Promise<BenchListing> {
  const shown = registry.devices().filter((device) => device.classes[0] !== hubClass)
  const devices = await Promise.all(shown.map((device) => benchDevice(device, registry)))
  devices.sort((one, other) => one.key.localeCompare(other.key))
  return { devices, note: registry.note() }
}

async function benchDevice(device: PresentDevice, registry: DeviceRegistry): Promise<BenchDevice> {
  const known = knownDevice(device)
  const state = await stateOf(device, registry)
  return {
    key: device.key,
    name: deviceName(device),
    kind: device.simulated?.kind ?? known?.kind ?? kindOf(device.classes),
    ids: device.simulated ? 'a program' : idWords(device),
    simulated: device.simulated !== null,
    stateWords: state.words,
    tone: state.tone,
    note: state.fix ?? editorLiteNote(device) ?? known?.note ?? socketNote(device),
  }
}

/** A port that its owner named has no ids. */
function idWords({ vendorId, productId, serial, nodes }: PresentDevice): string {
  if (vendorId === '') return nodes.join(', ')
  const ids = `${vendorId}:${productId}`
  const own = plainText(serial ?? '')
  return own === '' ? ids : `${ids}, serial ${own}`
}

/** A name of ours where we know the product, else the device’s own words. */
export function deviceName(device: PresentDevice): string {
  if (device.simulated) return device.simulated.name
  const known = knownDevice(device)
  const said = [device.manufacturer, device.product].flatMap((text) => plainText(text ?? '') || [])
  if (known && known.productId !== null) return known.name
  if (device.vendorId === '') return plainText(device.topology)
  return said.join(' ') || known?.name || `USB device ${device.vendorId}:${device.productId}`
}

type State = { words: string; tone: BenchDevice['tone']; fix: string | null }

async function stateOf(device: PresentDevice, registry: DeviceRegistry): Promise<State> {
  const purpose = registry.usedFor(device.key)
  if (purpose) return { words: `In use: ${purpose}`, tone: 'working', fix: null }
  for (const node of usableNodes(device)) {
    if (!(await mayUse(node)))
      return {
        words: 'Plugged in, no access',
        tone: 'bad',
        fix: await accessFix(node),
      }
    const [holder] = isMadeBySomebody(device) ? [] : await programsHolding(node)
    if (holder) return { words: `In use by ${holder}`, tone: 'bad', fix: null }
  }
  return { words: 'Ready', tone: 'good', fix: null }
}

/** The nodes that HWLab would open; those of keyboards and disks are not its business. */
function usableNodes(device: PresentDevice): string[] {
  const isMeter = knownDevice(device)?.kind === 'USB power meter'
  const nodes = device.nodes.filter((node) => (/hidraw/.test(node) ? isMeter : !isMeter))
  const isBarePrinter = device.classes.includes(printerClass) && nodes.length === 0
  return isBarePrinter ? busNode(device) : nodes
}

/** A printer that no driver of the system holds is opened where Linux has the device itself. */
function busNode({ topology, address }: PresentDevice): string[] {
  const bus = /^(\d+)-/.exec(topology)?.[1]
  const padded = (text: string) => text.padStart(3, '0')
  return bus && address !== null ? [`/dev/bus/usb/${padded(bus)}/${padded(String(address))}`] : []
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
export function plainText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 60)
}

/** What is plugged in now; none where devices cannot be listed. */
export async function identifiedDevices(enumerate: EnumerateUsb): Promise<IdentifiedDevice[]> {
  const listing = await enumerate()
  return listing.kind === 'not-possible' ? [] : identify(listing.devices)
}

/** `/dev/usb/lpN` of the device with this identity right now, or null. */
export async function printerNode(enumerate: EnumerateUsb, key: string): Promise<string | null> {
  const device = (await identifiedDevices(enumerate)).find((candidate) => candidate.key === key)
  return device?.nodes.find((node) => node.startsWith('/dev/usb/lp')) ?? null
}
