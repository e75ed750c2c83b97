import { against, fine, type Judged, type Verdict } from './object-rule.ts'

export function locationRule(judged: Judged): Verdict {
  const { store, release, id, body } = judged
  const parent = store.get('dcim/locations', Number(body.parent))
  if (!parent) return fine(judged)
  for (let at = parent.id, depth = 0; depth < 100; depth += 1) {
    if (at === id) {
      const whom = release.minor < 7 ? 'self or child location' : 'self or a descendant'
      return against('parent', `Cannot assign ${whom} as parent.`)
    }
    at = Number(store.get('dcim/locations', at)?.body.parent)
  }
  const site = store.get('dcim/sites', Number(body.site))
  return parent.body.site === body.site
    ? fine(judged)
    : against(
        '__all__',
        `Parent location (${String(parent.body.name)}) must belong to the same site (${String(site?.body.name)}).`,
      )
}

export function rackRule(judged: Judged): Verdict {
  const { store, id, body } = judged
  const location = store.get('dcim/locations', Number(body.location))
  const site = store.get('dcim/sites', Number(body.site))
  if (location && location.body.site !== body.site)
    return against('__all__', `Assigned location must belong to parent site (${String(site?.body.name)}).`)
  const least = id === null ? 0 : unitsTaken(judged, id)
  return Number(body.u_height) < least
    ? against(
        'u_height',
        `Rack must be at least ${least.toFixed(1)}U tall to house currently installed devices.`,
      )
    : fine(judged)
}

function unitsTaken({ store, body }: Judged, id: number): number {
  const tops = store.idsWith('dcim/devices', [{ field: 'rack_id', values: [String(id)] }]).map((device) => {
    const found = store.get('dcim/devices', device)
    const type = store.get('dcim/device-types', Number(found?.body.device_type))
    const position = found?.body.position
    return typeof position === 'number'
      ? position + Number(type?.body.u_height) - Number(body.starting_unit)
      : 0
  })
  return Math.max(0, ...tops)
}
