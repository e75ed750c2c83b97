import type { Claim } from './claim.ts'
import { isLocallyAdministered } from './mac-address.ts'
import { ouiVendor } from './oui-vendor.ts'

/** A MAC address and, by its first half, its maker. `labelled`: a caption or separators said that it is one. */
export function macClaims(mac: string, labelled: boolean): Claim[] {
  const vendor = isLocallyAdministered(mac) ? null : ouiVendor(mac)
  if (!vendor) return labelled ? [{ field: 'mac_address', value: mac, syntax: 'labelled' }] : []
  return [
    { field: 'mac_address', value: mac, syntax: labelled || /[A-F]/.test(mac) ? 'checked' : 'shaped' },
    { field: 'manufacturer', value: vendor, syntax: 'checked', follows: 'derived' },
  ]
}
