import { countText } from '../count-text.ts'
import { quoted } from '../intake/field-words.ts'
import type { Place, Suggestion } from './suggest-places.ts'
import type { Thing } from './world.ts'

/** "Rack 1, unit 12 front (Cellar): 4 of 42 units free, power 640 of 1,840 W rated. Not known: …" */
export function placeLine(place: Place): string {
  const at = place.kind === 'rack' ? `, unit ${place.unit} ${place.face}` : ''
  const reasons = place.reasons.length === 0 ? '' : `: ${place.reasons.join(', ')}`
  const unknown = place.unknown.length === 0 ? '' : `. Not known: ${place.unknown.join('; ')}`
  return quoted(`${place.name}${at} (${place.where})${reasons}${unknown}`, 320)
}

export function passedOverLine({ name, why }: Suggestion['passedOver'][number]): string {
  return quoted(`No room in ${name}: ${why}`, 140)
}

/** HWLab’s own words only: what is from outside stands in the lines. */
export function summary({ heightUnits, role }: Thing, { places, passedOver }: Suggestion): string {
  const what = heightUnits > 0 ? `${heightUnits} U` : 'It does not go into a rack by itself'
  if (places.length > 0) return `${what}: ${countText(places.length, 'place', 'places')}, best first.`
  if (passedOver.length > 0) return `${what}: no place has room for it.`
  return role === null
    ? `${what}, and its role is not known, so nothing says where it belongs.`
    : `${what}, and nothing with its role has a place yet. Choose one and record it.`
}
