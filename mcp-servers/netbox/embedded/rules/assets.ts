import { against, fine, type Judged, type Verdict } from './object-rule.ts'

const kinds = ['device', 'module'] as const
const models = { device: 'dcim/devices', module: 'dcim/modules' } as const

/** Source: netbox-inventory 2.6.0 models/assets.py `clean()`; the words as seen on 2.7.1. */
export function assetRule(judged: Judged): Verdict {
  const { store, before, body, input } = judged
  const types = kinds.filter((kind) => typeof body[`${kind}_type`] === 'number')
  const [kind] = types
  if (!kind)
    return against(
      '__all__',
      'One of device type, module type, inventory item type or rack type must be set.',
    )
  if (types.length > 1)
    return against(
      '__all__',
      'Only one of device type, module type inventory item type and rack type can be set for the same asset.',
    )
  const hardware = store.get(models[kind], Number(body[kind]))
  if (hardware && hardware.body[`${kind}_type`] !== body[`${kind}_type`])
    return against(kind, `${kind} type of ${kind} does not match ${kind} type of asset`)
  const other = kinds.find((one) => one !== kind && typeof body[one] === 'number')
  if (other) return against('__all__', `Cannot set ${other} for asset that is a ${kind}`)
  return fine({ ...judged, body: { ...body, status: statusOf(kind, { before, body, input }) } })
}

/** Given to a machine it is used, taken out it is stored, unless the status was changed as well. */
function statusOf(
  kind: (typeof kinds)[number],
  { before, body }: Pick<Judged, 'before' | 'body' | 'input'>,
): unknown {
  if (before !== null && before.status !== body.status) return body.status
  const had = typeof before?.[kind] === 'number'
  const has = typeof body[kind] === 'number'
  if (before === null) return body.status
  return has === had ? body.status : has ? 'used' : 'stored'
}
