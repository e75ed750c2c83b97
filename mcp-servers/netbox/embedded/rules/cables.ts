import { type CableEnd, endKey, endsOf, objectAt } from '../cable-ends.ts'
import { displayOf } from '../display-of.ts'
import { models } from '../models.ts'
import { against, fine, type Judged, type Verdict } from './object-rule.ts'

/** What may be at the other end of what. Source: dcim/constants.py, as far as HWLab keeps ports. */
const partners: Record<string, readonly string[]> = {
  interface: ['interface'],
  consoleport: [],
  powerport: ['poweroutlet', 'powerfeed'],
  poweroutlet: ['powerport'],
  powerfeed: ['powerport'],
}
const wireless = /^(ieee802\.1[15]|other-wireless|gsm|cdma|lte|4g|5g)/

/** Source: dcim/models/cables.py `clean()`, 4.6.8; the words as seen on 4.4.10 and 4.7.3. */
export function cableRule(judged: Judged): Verdict {
  const { body, id } = judged
  const a = endsOf(body, 'a_terminations')
  const b = endsOf(body, 'b_terminations')
  const missing = [...a, ...b].find((end) => objectAt(judged.store, end) === null)
  if (missing)
    return {
      kind: 'exception',
      name: 'DoesNotExist',
      error: `${capital(nameOf(missing))} matching query does not exist.`,
    }
  if (typeof body.length === 'number' && body.length_unit === '')
    return against('__all__', 'Must specify a unit when setting a cable length')
  if (id === null && (a.length === 0 || b.length === 0))
    return against('__all__', 'Must define A and B terminations when creating a new cable.')
  const wrong =
    pairProblem(a, b) ?? [...a, ...b].map((end) => endProblem(judged, end)).find((one) => one !== null)
  if (wrong) return against('__all__', wrong)
  const length_unit = body.length === null ? '' : body.length_unit
  return fine({ ...judged, body: { ...body, length_unit } })
}

/** A port with a cable is connected already. */
export function portRule(judged: Judged): Verdict {
  const { store, id, before, body } = judged
  if (id === null || body.mark_connected !== true || before?.mark_connected === true) return fine(judged)
  const kinds = ['interface', 'consoleport', 'powerport', 'poweroutlet', 'powerfeed']
  const ends = kinds.map((kind) => `dcim.${kind} ${id}`)
  return store.idsWith('dcim/cables', [{ field: 'end', values: ends }]).length > 0
    ? against('mark_connected', 'Cannot mark as connected with a cable attached.')
    : fine(judged)
}

function pairProblem(a: CableEnd[], b: CableEnd[]): string | null {
  const [first] = a
  const [second] = b
  if (!first || !second) return null
  for (const ends of [a, b])
    if (new Set(ends.map((end) => end.object_type)).size > 1)
      return 'Cannot connect different termination types to same end of cable.'
  if (!partners[nameOf(first)]?.includes(nameOf(second)))
    return `Incompatible termination types: ${nameOf(first)} and ${nameOf(second)}`
  return a.some((end) => b.some((other) => endKey(other) === endKey(end)))
    ? 'A and B terminations cannot connect to the same object.'
    : null
}

function endProblem({ store, id }: Judged, end: CableEnd): string | null {
  const port = objectAt(store, end)
  if (port?.body.mark_connected === true) {
    const device = store.get('dcim/devices', Number(port.body.device))
    const parent = device ? displayOf(store, device) : ''
    return `Cannot connect a cable to ${parent} > ${String(port.body.name)} because it is marked as connected.`
  }
  const other = store
    .idsWith('dcim/cables', [{ field: 'end', values: [endKey(end)] }])
    .find((cable) => cable !== id)
  if (other !== undefined)
    return `Duplicate termination found for ${end.object_type} ${end.object_id}: cable ${other}`
  const type = String(port?.body.type)
  if (end.object_type !== 'dcim.interface') return null
  if (!['virtual', 'lag', 'bridge'].includes(type) && !wireless.test(type)) return null
  const rule = models['dcim/interfaces'].fields.type
  const label = rule?.kind === 'choice' ? rule.choices[type] : type
  return `Cables cannot be terminated to ${String(label)} interfaces`
}

function nameOf(end: CableEnd): string {
  return end.object_type.replace(/^\w+\./, '')
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
