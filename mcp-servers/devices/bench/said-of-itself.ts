import { plainText } from './bench.ts'
import { knownDevice } from './known-devices.ts'
import type { PresentDevice } from './registry.ts'

/** Each value with the descriptor field it stood in, by the field's name (USB 2.0, table 9-8). */
export interface SaidOfItself {
  manufacturer: { value: string; quote: string } | null
  model: { value: string; quote: string } | null
  serial: { value: string; quote: string } | null
  simulated: boolean
}

/** What a USB device says of itself. A serial number that it shares with others, or that nobody programmed, is none. */
export function saidOfItself(device: PresentDevice): SaidOfItself {
  const { vendorId, productId, manufacturer, product, serial, boundToSocket, simulated } = device
  const known = knownDevice(device)
  const byIds =
    known && known.productId !== null
      ? { value: known.name, quote: `idVendor:idProduct: ${vendorId}:${productId}` }
      : null
  return {
    manufacturer: said('iManufacturer', manufacturer),
    model: said('iProduct', product) ?? byIds,
    serial: boundToSocket ? null : said('iSerial', serial),
    simulated: simulated !== null,
  }
}

function said(name: string, text: string | null): { value: string; quote: string } | null {
  const value = plainText(text ?? '')
  return value === '' ? null : { value, quote: `${name}: ${value}` }
}
