import { displayOf } from '../display-of.ts'
import { against, fine, type Judged, type Verdict } from './object-rule.ts'

/** A part sits in one bay of one machine. Source: dcim/models/modules.py; the words as seen on 4.4.10, 4.6.8, 4.7.3. */
export function moduleRule(judged: Judged): Verdict {
  const { store, release, id, body, input } = judged
  const bay = store.get('dcim/module-bays', Number(body.module_bay))
  if (!bay) return fine(judged)
  const taken = store
    .idsWith('dcim/modules', [{ field: 'module_bay_id', values: [String(bay.id)] }])
    .find((other) => other !== id)
  if (taken !== undefined) return bayTaken(judged, taken)
  if (bay.body.device !== body.device) {
    if (release.minor >= 7 && id !== null && !('device' in input))
      return { kind: 'fine', body: { ...body, device: bay.body.device } }
    const device = store.get('dcim/devices', Number(body.device))
    const name = device ? displayOf(store, device) : ''
    return against(
      '__all__',
      `Module must be installed within a module bay belonging to the assigned device (${name}).`,
    )
  }
  return bay.body.enabled === false
    ? against('module_bay', 'Cannot install a module in a disabled module bay.')
    : fine(judged)
}

function bayTaken({ store, release, body }: Judged, holder: number): Verdict {
  if (release.minor < 5) return against('module_bay', 'Module with this Module bay already exists.')
  if (release.minor < 7)
    return {
      kind: 'exception',
      name: 'IntegrityError',
      error:
        'duplicate key value violates unique constraint "dcim_module_module_bay_id_key"\n' +
        `DETAIL:  Key (module_bay_id)=(${String(body.module_bay)}) already exists.\n`,
    }
  const bay = store.get('dcim/module-bays', Number(body.module_bay))
  const module = store.get('dcim/modules', holder)
  return against(
    'module_bay',
    `Module bay ${String(bay?.body.name)} is already occupied by module ${module ? displayOf(store, module) : ''}.`,
  )
}
