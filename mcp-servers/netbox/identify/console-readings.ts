import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Reading } from '../intake/item.ts'
import { type Claim, readingOf } from './claim.ts'
import { modelClaims } from './model-claims.ts'

/** What a device said of itself over its console; each value with the command in whose answer it stood. */
export interface ConsoleIdentity {
  manufacturer: string
  model: { value: string; command: string } | null
  serial: { value: string; command: string } | null
  hostname: { value: string; command: string } | null
}

/** A device's own word is read without doubt about its letters, so it counts as decoded. */
export function consoleReadings(said: ConsoleIdentity, catalogue: Catalogue): Reading[] {
  const { manufacturer, model, serial, hostname } = said
  const found = model ? catalogue.byModel(model.value) : null
  const known = found ? modelClaims(found, 'decoded', true) : []
  const named: Claim[] = model ? [{ field: 'model', value: model.value, syntax: 'labelled' }] : []
  const claims = known.length > 0 ? known : named
  const hasMaker = claims.some(({ field }) => field === 'manufacturer')
  const maker: Claim[] = hasMaker ? [] : [{ field: 'manufacturer', value: manufacturer, syntax: 'labelled' }]
  return [
    ...(model ? [...maker, ...claims].map((claim) => reading(claim, model)) : []),
    ...(serial ? [reading({ field: 'serial', value: serial.value, syntax: 'labelled' }, serial)] : []),
    ...(hostname ? [reading({ field: 'name', value: hostname.value, syntax: 'labelled' }, hostname)] : []),
  ]
}

function reading(claim: Claim, { value, command }: { value: string; command: string }): Reading {
  return readingOf(claim, {
    kind: 'decoded',
    source: 'its console',
    quote: `${command}: ${value}`,
    confidence: null,
    box: null,
    attachmentId: null,
  })
}
