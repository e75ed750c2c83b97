import type { MakeRecord } from './agent-world.ts'

/** What somebody owns who has a rack, a shelf and a box of spares. Serial numbers and names occur nowhere else. */
export const homelabThings = [
  thing('HW-00101', 'core-switch', 'Juniper EX2300-24T', 'JW0218420011', 'Cellar', 'Switch'),
  thing('HW-00102', 'nas', 'Synology DS923+', '2210SBRW7TN4X', 'Cellar', 'Server'),
  thing('HW-00103', 'hypervisor', 'Dell OptiPlex 7060 Micro', '9XKQ4T2', 'Office / Shelf 2', 'Server'),
  thing('HW-00104', 'old-router', 'MikroTik RB4011iGS+', 'D9A10BC55E21', 'Office / Spares', 'Router'),
  thing('HW-00105', 'garage-ap', 'Ubiquiti U6-Lite', 'E063DA21F0B4', 'Garage', 'Access point'),
  thing('HW-00106', 'lab-switch', 'MikroTik CRS305-1G-4S+', 'HEP08XYQ1Z7', 'Office / Shelf 2', 'Switch'),
  thing('HW-00107', 'backup-pi', 'Raspberry Pi 4 Model B', '10000000A7C3D2E1', 'Office / Spares', 'Server'),
  thing('HW-00108', 'spare-nas', 'Synology DS218j', '1790PFN402155', 'Office / Spares', 'Server'),
] as const

function thing(tag: string, name: string, model: string, serial: string, place: string, role: string) {
  return { tag, name, model, serial, place, role }
}

const slug = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** Records them all, with their makers, types, roles and places. `notes`: comments by tag. */
export async function makeHomelab(make: MakeRecord, notes: Record<string, string> = {}): Promise<void> {
  const made = new Map<string, number>()
  const once = async (endpoint: string, name: string, body: Record<string, unknown>): Promise<number> => {
    const known = made.get(`${endpoint} ${name}`)
    if (known !== undefined) return known
    const id = await make(endpoint, body)
    made.set(`${endpoint} ${name}`, id)
    return id
  }
  const named = (name: string) => ({ name, slug: slug(name) })
  const site = await make('dcim/sites', named('Homelab'))
  for (const { tag, name, model, serial, place, role } of homelabThings) {
    const [maker = '', ...rest] = model.split(' ')
    const manufacturer = await once('dcim/manufacturers', maker, named(maker))
    const modelName = rest.join(' ')
    const deviceType = await once('dcim/device-types', model, {
      ...{ manufacturer, model: modelName, slug: slug(modelName), u_height: 0 },
    })
    let location: number | null = null
    for (const [at, part] of place.split(' / ').entries()) {
      const path = place.split(' / ').slice(0, at + 1)
      location = await once('dcim/locations', path.join(' / '), { ...named(part), site, parent: location })
    }
    await make('dcim/devices', {
      ...{ name, serial, site, location, asset_tag: tag, device_type: deviceType, status: 'active' },
      role: await once('dcim/device-roles', role, { ...named(role), color: '9e9e9e' }),
      comments: notes[tag] ?? '',
    })
  }
}
