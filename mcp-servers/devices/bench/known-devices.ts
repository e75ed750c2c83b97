import { qlModels } from '../printers/brother-ql/models.ts'

export interface KnownDevice {
  vendorId: string
  /** null: any product of this vendor, as a hint only. */
  productId: string | null
  name: string
  kind: string
  note: string | null
}

const notYet = 'HWLab sees it; reading it comes with a later version.'
const hprtNote =
  'HWLab has no driver for it. Set it up as a print queue of the system (CUPS) and print there, or save a PNG.'

/**
 * Sources: baryluk/fnirsi-usb-power-data-logger `fnirsi_logger.py` (meters), linux-usb `usb.ids` (adapters),
 * mturhan11/hprt-tspl README (20d1), matmair/brother_ql-inventree `models.py` (Brother).
 */
export const knownDevices: readonly KnownDevice[] = [
  { vendorId: '2e3c', productId: '5558', name: 'FNIRSI FNB58', kind: 'USB power meter', note: notYet },
  { vendorId: '2e3c', productId: '0049', name: 'FNIRSI FNB48S', kind: 'USB power meter', note: notYet },
  { vendorId: '0483', productId: '003a', name: 'FNIRSI FNB48', kind: 'USB power meter', note: notYet },
  { vendorId: '0483', productId: '003b', name: 'FNIRSI C1', kind: 'USB power meter', note: notYet },
  { vendorId: '0403', productId: '6001', name: 'FTDI FT232R', kind: 'Serial adapter', note: null },
  { vendorId: '0403', productId: '6010', name: 'FTDI FT2232', kind: 'Serial adapter', note: null },
  { vendorId: '0403', productId: '6011', name: 'FTDI FT4232', kind: 'Serial adapter', note: null },
  { vendorId: '0403', productId: '6014', name: 'FTDI FT232H', kind: 'Serial adapter', note: null },
  { vendorId: '0403', productId: '6015', name: 'FTDI FT-X', kind: 'Serial adapter', note: null },
  { vendorId: '067b', productId: '2303', name: 'Prolific PL2303', kind: 'Serial adapter', note: null },
  { vendorId: '10c4', productId: 'ea60', name: 'Silicon Labs CP210x', kind: 'Serial adapter', note: null },
  { vendorId: '1a86', productId: '7523', name: 'WCH CH340', kind: 'Serial adapter', note: null },
  { vendorId: '1a86', productId: '55d4', name: 'WCH CH9102', kind: 'Serial adapter', note: null },
  { vendorId: '05a6', productId: '0009', name: 'Cisco USB console', kind: 'Serial console', note: null },
  ...qlModels.map((model) => ({
    vendorId: '04f9',
    productId: model.productId,
    name: `Brother ${model.name}`,
    kind: 'Label printer',
    note: null,
  })),
  { vendorId: '20d1', productId: null, name: 'HPRT printer', kind: 'Label printer', note: hprtNote },
]

export function knownDevice(vendorId: string, productId: string): KnownDevice | null {
  const exact = knownDevices.find((row) => row.vendorId === vendorId && row.productId === productId)
  return exact ?? knownDevices.find((row) => row.vendorId === vendorId && row.productId === null) ?? null
}

/** Device and interface classes, for what is not in the table (USB-IF "Defined Class Codes"). */
export const classKinds: Record<number, string> = {
  1: 'Audio',
  2: 'Serial device',
  3: 'Input device',
  6: 'Camera',
  7: 'Printer',
  8: 'Storage',
  11: 'Smart card reader',
  14: 'Camera',
  224: 'Wireless adapter',
}
