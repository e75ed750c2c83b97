import { z } from 'zod'
import type { Rest } from '../../../../mcp-servers/netbox/client/rest.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import type { NetboxLab } from '../../../support/open-netbox-server.ts'

/** Takes two things into HWLab's own inventory as a person does, then puts a part into one and a cable between both. */
export async function fillOwnInventory(lab: NetboxLab): Promise<{ itemIds: string[] }> {
  const itemIds = [await recorded(lab, 1), await recorded(lab, 2)]
  const { rest } = lab.parts.inventory
  const make = maker(rest)
  const [one, two] = await devices(rest)
  const maker1 = await make('dcim/manufacturers/', { name: 'Partmaker', slug: 'partmaker' })
  const type = await make('dcim/module-types/', { manufacturer: maker1, model: 'SSD 1T' })
  const bay = await make('dcim/module-bays/', { device: one, name: 'Bay 1' })
  const field = await fieldId(rest)
  await patch(rest, `extras/custom-fields/${field}/`, {
    object_types: ['dcim.device', 'dcim.module', 'dcim.cable'],
  })
  const module = await make('dcim/modules/', {
    ...{ device: one, module_bay: bay, module_type: type, serial: 'SSD-7', asset_tag: 'HW-00009' },
    custom_fields: { hwlab_id: '01MODULE' },
  })
  await make('extras/journal-entries/', {
    assigned_object_type: 'dcim.module',
    assigned_object_id: module,
    comments: 'Firmware 1.2.',
  })
  const ends = await Promise.all(
    [one, two].map((device) => make('dcim/interfaces/', { device, name: 'eth0', type: '1000base-t' })),
  )
  const [a, b] = ends.map((id) => [{ object_type: 'dcim.interface', object_id: id }])
  await make('dcim/cables/', {
    ...{
      a_terminations: a,
      b_terminations: b,
      type: 'cat6a',
      label: 'HW-00010',
      length: 2,
      length_unit: 'm',
    },
    custom_fields: { hwlab_id: '01CABLE' },
  })
  const site = idOf(await rest.list('dcim/sites', {}))
  const room = await make('dcim/locations/', { name: 'Workshop', slug: 'workshop', site })
  const shelf = await make('dcim/locations/', { name: 'Shelf 2', slug: 'shelf-2', site, parent: room })
  await patch(rest, `dcim/devices/${two}/`, { location: shelf, status: 'active', comments: 'Quiet fan.' })
  return { itemIds }
}

/** Recorded with a photo and a MAC address. */
async function recorded(lab: NetboxLab, number: number): Promise<string> {
  const photo = await lab.photo(seenLabel({}))
  const item = await lab.intake([photo])
  const values = {
    manufacturer: 'Acme',
    model: 'Box 1',
    role: 'Switch',
    serial: `SN-${number}`,
    mac_address: `00:11:22:33:44:0${number}`,
  }
  for (const [field, value] of Object.entries(values)) {
    const corrected = await lab.parts.netbox.intake.correct({ itemId: item.id, field, value }, 'operator')
    if (corrected.kind === 'refused') throw new Error(corrected.why)
  }
  const filed = await lab.parts.netbox.intake.propose(item.id, 'operator')
  if (filed.kind === 'refused') throw new Error(filed.why)
  await lab.decide(lab.change(filed.changeId))
  await lab.until(item.id, ({ record }) => record !== null)
  return item.id
}

const createdSchema = z.object({ id: z.number() })

function maker(rest: Rest) {
  return async (path: string, json: Record<string, unknown>): Promise<number> => {
    const made = await rest.call({ method: 'POST', path, body: { json } })
    if (made.kind === 'failed') throw new Error(`${path}: ${made.why}`)
    return createdSchema.parse(made.body).id
  }
}

async function patch(rest: Rest, path: string, json: Record<string, unknown>): Promise<void> {
  const changed = await rest.call({ method: 'PATCH', path, body: { json } })
  if (changed.kind === 'failed') throw new Error(`${path}: ${changed.why}`)
}

async function devices(rest: Rest): Promise<[number, number]> {
  const listed = await rest.list('dcim/devices', {})
  const [one, two] = listed.kind === 'ok' ? listed.rows : []
  if (!one || !two) throw new Error('two devices were to be recorded')
  return [one.id, two.id]
}

async function fieldId(rest: Rest): Promise<number> {
  return idOf(await rest.list('extras/custom-fields', { name: 'hwlab_id' }))
}

function idOf(listed: Awaited<ReturnType<Rest['list']>>): number {
  const [row] = listed.kind === 'ok' ? listed.rows : []
  if (!row) throw new Error('nothing is listed')
  return row.id
}
