import type { IdentifiedDevice } from '../bench/identity.ts'
import { qlModels } from './brother-ql/models.ts'
import { type DeviceId, parseDeviceId } from './device-id.ts'
import { escPosModel } from './esc-pos/models.ts'
import { isNiimbot } from './niimbot/models.ts'
import type { PrinterConfig } from './printer.ts'
import { rollPrinterModel } from './roll-printer.ts'
import { tsplModels } from './tspl/models.ts'
import { unprintableAs } from './unprintable.ts'
import { zplModels } from './zpl/models.ts'

export type PluggedInPrinter =
  | { kind: 'printer'; key: string; config: PrinterConfig }
  /** HWLab cannot print on it; `why` says so and what to do. */
  | { kind: 'unknown'; id: string; name: string; why: string }

const printerClass = 7
const brotherVendor = '04f9'
const hprtVendor = '20d1'

/** The label printers among what is plugged in, with the driver for the language that each says it speaks. */
export function pluggedInPrinters(devices: readonly IdentifiedDevice[]): PluggedInPrinter[] {
  return devices.flatMap((device) => recognise(device) ?? [])
}

function recognise(device: IdentifiedDevice): PluggedInPrinter | null {
  const said = parseDeviceId(device.printerId ?? '')
  const name = nameOf(device, said)
  const isPrinter = device.classes.includes(printerClass) || device.printerId !== null
  if (isNiimbot(device)) return niimbot(device, name)
  if (!isPrinter) {
    const why = unprintableAs(name)
    return why ? { kind: 'unknown', id: idOf(device), name, why } : null
  }
  const found = driverFor(device, said)
  if (!found) return { kind: 'unknown', id: idOf(device), name: `${name} (USB)`, why: whyNot(device, said) }
  return {
    kind: 'printer',
    key: device.key,
    config: {
      id: idOf(device),
      name: `${found.name ?? name} (USB)`,
      driver: found.driver,
      transport: { kind: 'usb', key: device.key },
      media: found.media,
      model: found.model,
    },
  }
}

interface Driver {
  driver: string
  model: string
  media: string
  /** Where ours is better than what the printer calls itself. */
  name?: string
}

/** A printer of many languages is best at labels in TSPL, then ZPL. What is in it is a guess until somebody chooses. */
function driverFor(device: IdentifiedDevice, said: DeviceId): Driver | null {
  const ql =
    device.vendorId === brotherVendor
      ? qlModels.find((model) => model.productId === device.productId || model.name === said.model)
      : undefined
  if (ql) return { driver: 'brother-ql', model: ql.name, media: 'loaded', name: `Brother ${ql.name}` }
  const speaks = (pattern: RegExp) => said.languages.some((language) => pattern.test(language))
  const called = `${said.model} ${device.product ?? ''}`
  if (speaks(/^TSPL2?$/i)) {
    const { name, dotsPerInch } = rollPrinterModel(tsplModels, called)
    return { driver: 'tspl', model: name, media: `50x30-${dotsPerInch}` }
  }
  if (speaks(/^ZPL/i)) {
    const { name, dotsPerInch } = rollPrinterModel(zplModels, called)
    return { driver: 'zpl', model: name, media: `50x30-${dotsPerInch}` }
  }
  if (speaks(/^ESC\/?POS$/i)) {
    const { name, headDots } = escPosModel(called)
    return { driver: 'esc-pos', model: name, media: headDots > 384 ? 'receipt-80' : 'receipt-58' }
  }
  return null
}

function niimbot(device: IdentifiedDevice, name: string): PluggedInPrinter {
  return {
    kind: 'printer',
    key: device.key,
    config: {
      id: idOf(device),
      name: `${name} (USB)`,
      driver: 'niimbot',
      transport: { kind: 'serial', key: device.key },
      media: /\bD1/i.test(name) ? 'niimbot-12x40' : 'niimbot-50x30',
    },
  }
}

const waysOut =
  'Set it up as a print queue of the system (CUPS) and it appears here, or print to “png” or “pdf” and print that file.'

function whyNot(device: IdentifiedDevice, said: DeviceId): string {
  const known = unprintableAs(nameOf(device, said))
  if (known) return known
  if (said.languages.length > 0)
    return `It says that it speaks ${said.languages.join(', ')}, which is no label language of HWLab. ${waysOut}`
  const hint =
    device.vendorId === hprtVendor
      ? 'HPRT’s larger label printers speak TSPL: name it in printers.json with the driver “tspl” to try.'
      : 'If you know that it speaks ZPL, TSPL or ESC/POS, name it in printers.json with that driver.'
  return `It does not say which language it speaks. ${hint} ${waysOut}`
}

function nameOf(device: IdentifiedDevice, said: DeviceId): string {
  const words = [said.maker || (device.manufacturer ?? ''), said.model || (device.product ?? '')]
  const [maker = '', model = ''] = words.map((text) => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim())
  const name = model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`
  return name.trim().slice(0, 60) || `Printer ${device.vendorId}:${device.productId}`
}

function idOf(device: IdentifiedDevice): string {
  return device.key.replaceAll(/[^\w.-]/g, '-').slice(0, 64)
}
