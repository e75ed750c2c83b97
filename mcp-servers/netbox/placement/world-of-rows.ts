import { poeWatts, takesCable } from './port-types.ts'
import type { LabRows } from './read-lab.ts'
import type { LocationSeen, Needs, RackSeen, SwitchSeen, World } from './world.ts'

type Device = LabRows['devices'][number]

/** The facts by which places are judged, without the device itself when it is moved. Pure. */
export function worldOfRows(rows: LabRows, movedId: number | null): World {
  const devices = rows.devices.filter(({ id }) => id !== movedId)
  return {
    racks: rows.racks.map((rack) => rackSeen(rack, rows, devices)),
    locations: rows.locations.map((location) => locationSeen(location, devices)),
  }
}

function rackSeen(rack: LabRows['racks'][number], rows: LabRows, devices: readonly Device[]): RackSeen {
  const inside = devices.filter((device) => device.rack?.id === rack.id)
  const own = switchesAmong(inside, rows)
  const beside = devices.filter((device) => rack.location && device.location?.id === rack.location.id)
  return {
    id: rack.id,
    name: rack.name,
    site: rack.site.name,
    location: rack.location?.name ?? null,
    status: rack.status,
    firstUnit: rack.starting_unit,
    heightUnits: rack.u_height,
    mounted: inside.flatMap((device) => mountedAs(device, rows)),
    reserved: rows.reservations.filter((one) => one.rack.id === rack.id).flatMap(({ units }) => units),
    roles: inside.map(({ role }) => role.name),
    power: {
      limitWatts: limitOf(rows.feeds.filter((feed) => feed.rack?.id === rack.id)),
      ...ratedOf(inside, rows),
    },
    outlets: outletsOf(inside, rows),
    switches: own.length > 0 ? own : switchesAmong(beside, rows),
  }
}

function mountedAs(device: Device, { types }: LabRows): RackSeen['mounted'] {
  const type = types.find(({ id }) => id === device.device_type.id)
  if (typeof device.position !== 'number' || !type) return []
  const face = device.face === 'front' || device.face === 'rear' ? device.face : null
  return [{ position: device.position, heightUnits: type.u_height, isFullDepth: type.is_full_depth, face }]
}

/**
 * Watts that the active feeds may give: voltage × amperage × highest utilisation, × √3 for three phases, as NetBox
 * counts (dcim/models/power.py, PowerFeed). Redundant feeds are there for when a primary one fails, so they add nothing.
 */
function limitOf(feeds: LabRows['feeds']): number | null {
  const active = feeds.filter(({ status }) => status === 'active')
  const primary = active.filter(({ type }) => type !== 'redundant')
  const counted = primary.length > 0 ? primary : active.slice(0, 1)
  if (counted.length === 0) return null
  const watts = counted.map(
    ({ voltage, amperage, max_utilization, phase }) =>
      Math.abs(voltage) * amperage * (max_utilization / 100) * (phase === 'three-phase' ? 1.732 : 1),
  )
  return Math.floor(watts.reduce((sum, one) => sum + one, 0))
}

/** Roles of things that draw nothing. */
const passive = /patch|panel|shelf|blank|cable|rail/i

/** What passes power on (a PDU, a UPS) is no load itself: what hangs on it counts. */
function ratedOf(inside: readonly Device[], rows: LabRows): { ratedWatts: number; unrated: number } {
  const passesOn = new Set(rows.outlets.map(({ device }) => device.id))
  const loads = inside.filter(({ id, role }) => !passesOn.has(id) && !passive.test(role.name))
  const draws = loads.map(({ id }) => drawsOf(id, rows))
  return {
    ratedWatts: draws.flat().reduce<number>((sum, watts) => sum + (watts ?? 0), 0),
    unrated: draws.filter((own) => own.length === 0 || own.includes(null)).length,
  }
}

function drawsOf(deviceId: number, { powerPorts }: LabRows): (number | null)[] {
  return powerPorts
    .filter(({ device }) => device.id === deviceId)
    .map(({ maximum_draw }) => maximum_draw ?? null)
}

function outletsOf(inside: readonly Device[], rows: LabRows): RackSeen['outlets'] {
  const ids = new Set(inside.map(({ id }) => id))
  const here = rows.outlets.filter(({ device }) => ids.has(device.id))
  return here.length === 0 ? null : { free: here.filter(({ _occupied }) => !_occupied).length }
}

function switchesAmong(devices: readonly Device[], rows: LabRows): SwitchSeen[] {
  return devices
    .filter(({ role }) => /switch/i.test(role.name))
    .map((device) => switchSeen(device, rows))
    .filter((one) => one !== null)
}

function switchSeen(device: Device, { interfaces }: LabRows): SwitchSeen | null {
  const ports = interfaces.filter(
    (port) => port.device.id === device.id && !port.mgmt_only && takesCable(port.type),
  )
  if (ports.length === 0) return null
  const fed = ports
    .filter(({ poe_mode }) => poe_mode === 'pse')
    .flatMap(({ link_peers }) => link_peers)
    .flatMap((peer) => interfaces.find(({ id, poe_mode }) => id === peer.id && poe_mode === 'pd') ?? [])
    .map(({ poe_type }) => poeWatts[poe_type ?? ''] ?? null)
  return {
    name: device.display,
    free: ports
      .filter(({ _occupied, enabled }) => enabled && !_occupied)
      .map(({ type, poe_mode }) => ({ type, feedsPower: poe_mode === 'pse' })),
    poe: {
      budgetWatts: budgetOf(device),
      ratedWatts: fed.reduce<number>((sum, watts) => sum + (watts ?? 0), 0),
      unrated: fed.filter((watts) => watts === null).length,
    },
  }
}

/** NetBox has no field for it; HWLab’s key spec says "16 × 1G, 8 PoE+, 45 W". */
function budgetOf({ custom_fields: fields }: Device): number | null {
  const spec = typeof fields.hwlab_spec === 'string' ? fields.hwlab_spec : ''
  const watts = /\bPoE\b.*?(\d+(?:\.\d+)?) W\b/i.exec(spec)?.[1]
  return watts === undefined ? null : Number(watts)
}

function locationSeen(
  { id, name, site }: LabRows['locations'][number],
  devices: readonly Device[],
): LocationSeen {
  const loose = devices.filter((device) => device.location?.id === id && !device.rack)
  return { id, name, site: site.name, roles: loose.map(({ role }) => role.name) }
}

/** What a device of this type needs: from its own ports if it has a record, else from another one of the same model. */
export function needsOf(rows: LabRows, wanted: { deviceId: number | null; model: string }): Needs {
  const typeIds = new Set(
    rows.types.filter(({ model }) => model.toLowerCase() === wanted.model.toLowerCase()).map(({ id }) => id),
  )
  const twins = rows.devices.filter(({ device_type }) => typeIds.has(device_type.id))
  const candidates = [...(wanted.deviceId === null ? [] : [wanted.deviceId]), ...twins.map(({ id }) => id)]
  const draws = candidates.map((id) => drawsOf(id, rows)).find((own) => own.length > 0)
  const ports = candidates.map((id) => portsOf(id, rows)).find((own) => own.length > 0)
  const powered = ports?.find(({ poe_mode }) => poe_mode === 'pd')
  return {
    watts: draws
      ? draws.includes(null)
        ? null
        : draws.reduce<number>((sum, one) => sum + (one ?? 0), 0)
      : powered
        ? 0
        : null,
    outlets: draws?.length ?? (powered ? 0 : null),
    portTypes: ports ? [...new Set(ports.map(({ type }) => type))] : null,
    poe: powered && !draws ? { watts: poeWatts[powered.poe_type ?? ''] ?? null } : null,
  }
}

function portsOf(deviceId: number, { interfaces }: LabRows): LabRows['interfaces'] {
  return interfaces.filter((port) => port.device.id === deviceId && takesCable(port.type))
}
