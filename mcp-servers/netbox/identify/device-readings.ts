import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Reading } from '../intake/item.ts'
import { type Claim, readingOf } from './claim.ts'
import { isTellingName, modelClaims } from './model-claims.ts'
import { vendorName } from './vendor-names.ts'

/** A value in the device's own words, and where it stood: "show inventory: FDO1234X0AB", "iSerial: 000M6Z401370". */
export interface Said {
  value: string
  quote: string
}

/** What a device said of itself. */
export interface DeviceIdentity {
  source: 'its console' | 'its USB descriptor'
  manufacturer: Said | null
  model: Said | null
  serial: Said | null
  hostname: Said | null
}

/** A device's own word is read without doubt about its letters, so it counts as decoded. */
export function deviceReadings(said: DeviceIdentity, catalogue: Catalogue): Reading[] {
  const { source, manufacturer, model, serial, hostname } = said
  const reading = (claim: Claim, { quote }: Said) =>
    readingOf(claim, {
      ...{ kind: 'decoded', source, quote, confidence: null, box: null, attachmentId: null },
    })
  const claims = model ? claimsOf(model, source, catalogue) : []
  const hasMaker = claims.some(({ field }) => field === 'manufacturer')
  const maker: Claim | null =
    manufacturer && !hasMaker
      ? { field: 'manufacturer', value: vendorName(manufacturer.value), syntax: 'labelled' }
      : null
  return [
    ...(maker && manufacturer ? [reading(maker, manufacturer)] : []),
    ...(model ? claims.map((claim) => reading(claim, model)) : []),
    ...(serial ? [reading({ field: 'serial', value: serial.value, syntax: 'labelled' }, serial)] : []),
    ...(hostname ? [reading({ field: 'name', value: hostname.value, syntax: 'labelled' }, hostname)] : []),
  ]
}

/** What a USB device calls its product is often only what it is ("USB Serial"): outside the catalogue it proves no model. */
function claimsOf({ value }: Said, source: DeviceIdentity['source'], catalogue: Catalogue): Claim[] {
  const known = isTellingName(value, true) ? modelClaims(catalogue.byModel(value), 'decoded', true) : []
  if (known.length > 0) return known
  return [{ field: 'model', value, syntax: source === 'its console' ? 'labelled' : 'shaped' }]
}
