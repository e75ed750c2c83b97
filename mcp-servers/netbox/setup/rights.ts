import { z } from 'zod'
import type { Endpoint } from '../client/endpoints.ts'
import type { Features } from '../client/features.ts'
import type { Rest } from '../client/rest.ts'
import type { SetupThing } from './setup-things.ts'

type Verb = 'view' | 'add' | 'change'

/** What HWLab's token must be allowed, in the names of NetBox's permission form. */
export interface Right {
  endpoint: Endpoint
  /** "DCIM > device". */
  object: string
  verbs: readonly Verb[]
}

const view: readonly Verb[] = ['view']
const add: readonly Verb[] = ['view', 'add']
const change: readonly Verb[] = ['view', 'add', 'change']

const always: readonly Right[] = [
  { endpoint: 'dcim/manufacturers', object: 'DCIM > manufacturer', verbs: add },
  { endpoint: 'dcim/device-types', object: 'DCIM > device type', verbs: add },
  { endpoint: 'dcim/module-types', object: 'DCIM > module type', verbs: add },
  { endpoint: 'dcim/device-roles', object: 'DCIM > device role', verbs: add },
  { endpoint: 'dcim/locations', object: 'DCIM > location', verbs: add },
  { endpoint: 'dcim/devices', object: 'DCIM > device', verbs: change },
  { endpoint: 'dcim/module-bays', object: 'DCIM > module bay', verbs: add },
  { endpoint: 'dcim/modules', object: 'DCIM > module', verbs: change },
  { endpoint: 'dcim/interfaces', object: 'DCIM > interface', verbs: change },
  { endpoint: 'dcim/mac-addresses', object: 'DCIM > MAC address', verbs: add },
  { endpoint: 'dcim/cables', object: 'DCIM > cable', verbs: change },
  { endpoint: 'dcim/racks', object: 'DCIM > rack', verbs: view },
  { endpoint: 'extras/journal-entries', object: 'Extras > journal entry', verbs: add },
  { endpoint: 'extras/image-attachments', object: 'Extras > image attachment', verbs: add },
  { endpoint: 'core/object-changes', object: 'Core > object change', verbs: view },
  { endpoint: 'ipam/prefixes', object: 'IPAM > prefix', verbs: view },
  { endpoint: 'ipam/ip-addresses', object: 'IPAM > IP address', verbs: view },
]
const assets: Right = { endpoint: 'plugins/inventory/assets', object: 'Inventory > asset', verbs: change }

/** NetBox never says what may be deleted; HWLab deletes what it sent twice, a part’s old record after a move, its own cables, and double interfaces. */
export const deletes =
  'DCIM > cable, device, interface, module, module bay and MAC address, Extras > journal entry and image attachment'

/** The least that is needed: to add and to change a custom field, a tag or the site only while one is missing. */
export function neededRights(missing: readonly SetupThing[], features: Features): Right[] {
  const forSetUp = (kind: SetupThing['kind'], full: readonly Verb[]) =>
    missing.some((thing) => thing.kind === kind) ? full : view
  return [
    ...always,
    ...(features.assets ? [assets] : []),
    { endpoint: 'dcim/sites', object: 'DCIM > site', verbs: forSetUp('site', add) },
    { endpoint: 'extras/tags', object: 'Extras > tag', verbs: forSetUp('tag', add) },
    {
      endpoint: 'extras/custom-fields',
      object: 'Extras > custom field',
      verbs: forSetUp('custom-field', change),
    },
  ]
}

const optionsSchema = z.object({ actions: z.record(z.string(), z.unknown()).default({}) })

export type RightAnswer =
  | { kind: 'known'; lacking: Verb[]; mayWrite: boolean }
  /** NetBox did not answer in a way that tells. */
  | { kind: 'unknown'; why: string }

/**
 * Asks without trying: a list that may not be seen is refused, and `OPTIONS` names POST where the token may add and PUT
 * where it may change, its own write switch included. Source: NetBox `netbox/api/metadata.py` and
 * `netbox/api/authentication.py`; seen on 4.4.10, 4.6.8 and 4.7.3.
 */
export async function askRight(rest: Rest, right: Right): Promise<RightAnswer> {
  const seen = await rest.list(right.endpoint, {}, { limit: 1, fields: ['id'] })
  if (seen.kind === 'failed' && seen.cause !== 'denied') return { kind: 'unknown', why: seen.why }
  const lacking: Verb[] = seen.kind === 'failed' ? ['view'] : []
  if (right.verbs.length === 1) return { kind: 'known', lacking, mayWrite: false }
  const answer = await rest.call({ method: 'OPTIONS', path: `${right.endpoint}/` })
  if (answer.kind === 'failed') return { kind: 'unknown', why: answer.why }
  const options = optionsSchema.safeParse(answer.body)
  if (!options.success) return { kind: 'unknown', why: 'NetBox’s answer was not understood.' }
  const { actions } = options.data
  if (right.verbs.includes('add') && !('POST' in actions)) lacking.push('add')
  if (right.verbs.includes('change') && !('PUT' in actions)) lacking.push('change')
  return { kind: 'known', lacking, mayWrite: Object.keys(actions).length > 0 }
}
