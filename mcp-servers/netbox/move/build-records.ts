import { z } from 'zod'
import type { Row } from '../client/rest.ts'
import { models } from '../embedded/models.ts'
import { customFieldsOf, fieldsOf, idIn, refsIn } from './carried-fields.ts'
import {
  type CarriedEndpoint,
  type CarriedObject,
  type CarriedRecord,
  type CarriedValue,
  carriedEndpoints,
  type RecordEndpoint,
  recordEndpoints,
  sharedEndpoints,
} from './carried-record.ts'
import type { OwnRows } from './own-inventory.ts'

const partsOfDevice = [
  'dcim/module-bays',
  'dcim/console-ports',
  'dcim/power-ports',
  'dcim/power-outlets',
] as const

/** Every record of the own inventory with all that it needs and all that hangs on it, devices before what refers to them. */
export function buildRecords(rows: OwnRows): CarriedRecord[] {
  const all = new Map(
    carriedEndpoints.flatMap((endpoint) =>
      rows.of(endpoint).map((row) => [row.id, { endpoint, row }] as const),
    ),
  )

  /** Puts the object, and before it what it refers to, into the list. */
  function include(objects: CarriedObject[], own: number, how: CarriedObject['how']): void {
    const found = all.get(own)
    if (!found || objects.some((object) => object.own === own)) return
    const { endpoint, row } = found
    const whole = fieldsOf(endpoint, row, all)
    const fields = how === 'find' ? keysOf(endpoint, whole) : whole
    for (const ref of Object.values(fields).flatMap(refsIn))
      include(objects, ref, howOf(all.get(ref)?.endpoint))
    objects.push({ own, endpoint, how, fields, customFields: customFieldsOf(endpoint, row) })
  }

  function record(endpoint: RecordEndpoint, row: Row): CarriedRecord {
    const objects: CarriedObject[] = []
    include(objects, row.id, 'record')
    for (const [partEndpoint, part] of partsOf(rows, endpoint, row)) {
      include(objects, part.id, 'add')
      if (partEndpoint !== 'dcim/interfaces') continue
      for (const mac of rows.of('dcim/mac-addresses'))
        if (mac.assigned_object_id === part.id) include(objects, mac.id, 'add')
    }
    const objectType = models[endpoint].objectType
    return {
      name: nameOf(row),
      title: titleOf(endpoint, row),
      after: objects.flatMap((object) => (object.how === 'find' ? recordName(object, all) : [])),
      objects,
      primaryMacs: objects.flatMap(({ own, how, endpoint: of }) => {
        const mac =
          of === 'dcim/interfaces' && how === 'add' ? idIn(all.get(own)?.row.primary_mac_address) : null
        return mac !== null && objects.some((object) => object.own === mac) ? [{ interface: own, mac }] : []
      }),
      // NetBox keeps images on devices, not on modules or cables (seen on 4.4.10 to 4.7.3).
      photos: endpoint === 'dcim/devices' ? photosOf(rows, row.id) : [],
      journal: rows
        .of('extras/journal-entries')
        .filter((entry) => entry.assigned_object_type === objectType && entry.assigned_object_id === row.id)
        .map(journalOf),
    }
  }

  const shared = sharedRecord(rows, include)
  return [
    ...(shared.objects.length === 0 ? [] : [shared]),
    ...recordEndpoints.flatMap((endpoint) => inOrder(endpoint, rows).map((row) => record(endpoint, row))),
  ]
}

function sharedRecord(
  rows: OwnRows,
  include: (objects: CarriedObject[], own: number, how: 'add') => void,
): CarriedRecord {
  const objects: CarriedObject[] = []
  for (const endpoint of sharedEndpoints) for (const row of rows.of(endpoint)) include(objects, row.id, 'add')
  return {
    name: 'shared',
    title: `Places, types, roles and tags (${objects.length})`,
    ...{ after: [], objects, primaryMacs: [], photos: [], journal: [] },
  }
}

/** A module that sits in another one comes after it. */
function inOrder(endpoint: RecordEndpoint, rows: OwnRows): Row[] {
  const list = [...rows.of(endpoint)]
  if (endpoint !== 'dcim/modules') return list
  const bays = new Map(rows.of('dcim/module-bays').map((bay) => [bay.id, bay]))
  const depth = (module: Row, seen = 0): number => {
    const parent = idIn(bays.get(idIn(module.module_bay) ?? 0)?.module)
    const outer = list.find(({ id }) => id === parent)
    return outer && seen < 10 ? 1 + depth(outer, seen + 1) : 0
  }
  return list.sort((one, other) => depth(one) - depth(other))
}

/** What a device has by itself, and what a module brings with it. */
function partsOf(rows: OwnRows, endpoint: RecordEndpoint, { id }: Row): [CarriedEndpoint, Row][] {
  if (endpoint === 'dcim/cables') return []
  const isIts = (row: Row) =>
    endpoint === 'dcim/modules'
      ? idIn(row.module) === id
      : idIn(row.device) === id && idIn(row.module) === null
  return [...partsOfDevice, 'dcim/interfaces' as const].flatMap((of) =>
    rows
      .of(of)
      .filter(isIts)
      .map((row): [CarriedEndpoint, Row] => [of, row]),
  )
}

function recordName(object: CarriedObject, all: ReadonlyMap<number, { row: Row }>): string[] {
  const row = recordEndpoints.some((endpoint) => endpoint === object.endpoint)
    ? all.get(object.own)?.row
    : null
  return row ? [nameOf(row)] : []
}

/** "Acme Box 1 (HW-00001)". */
function titleOf(endpoint: RecordEndpoint, row: Row): string {
  const name = nameOf(row)
  const type = typeSchema.safeParse(row.module_type)
  const what = type.success ? `${type.data.manufacturer.name} ${type.data.model}` : String(row.display)
  const title = endpoint === 'dcim/cables' ? 'Cable' : what
  return (title.includes(name) ? title : `${title} (${name})`).slice(0, 300)
}

const typeSchema = z.object({ model: z.string(), manufacturer: z.object({ name: z.string() }) })

function nameOf(row: Row): string {
  const name = row.asset_tag ?? row.label
  return typeof name === 'string' && name !== '' ? name : `number ${row.id}`
}

function howOf(endpoint: CarriedEndpoint | undefined): CarriedObject['how'] {
  if (endpoint === undefined) return 'find'
  if (sharedEndpoints.some((one) => one === endpoint) || endpoint === 'dcim/module-bays') return 'add'
  return 'find'
}

/** Enough to find it again. */
function keysOf(
  endpoint: CarriedEndpoint,
  fields: Record<string, CarriedValue>,
): Record<string, CarriedValue> {
  const keys = ['device', 'name', 'asset_tag', 'label'].filter(
    (key) => endpoint !== 'dcim/modules' || key === 'asset_tag',
  )
  return Object.fromEntries(Object.entries(fields).filter(([field]) => keys.includes(field)))
}

function photosOf(rows: OwnRows, deviceId: number): CarriedRecord['photos'] {
  return rows
    .of('extras/image-attachments')
    .filter((image) => image.object_type === 'dcim.device' && image.object_id === deviceId)
    .map((image, at, images) => {
      const name = typeof image.name === 'string' && image.name !== '' ? image.name : `hwlab-own-${image.id}`
      const isTwin = images.slice(0, at).some((other) => other.name === image.name)
      return { own: image.id, name: isTwin ? `${name.slice(0, 40)}-${image.id}` : name }
    })
}

function journalOf(entry: Row): CarriedRecord['journal'][number] {
  const kind = z.object({ value: z.string() }).safeParse(entry.kind)
  const written = String(entry.created).slice(0, 16).replace('T', ' ')
  return {
    kind: kind.success ? kind.data.value : 'info',
    comments: `${String(entry.comments).trim()}\n\nWritten ${written} UTC in HWLab’s own inventory.`,
  }
}
