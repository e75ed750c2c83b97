import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type CableRow, cableRowSchema } from '../client/cable-row.ts'
import { deviceRowSchema } from '../client/device-row.ts'
import type { Inventory } from '../client/inventory.ts'
import { quoted } from '../intake/field-words.ts'
import { readPart } from '../parts/read-part.ts'
import { tagNumber } from '../tags/tag-text.ts'
import { type CableEnd, type ConnectCable, cableTitle, connectCableSchema, endWords } from './cable-intent.ts'
import { choosePort } from './choose-port.ts'

type Planned = { kind: 'plan'; plan: ChangePlan } | Refusal
const strange = 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.'

/** "HW-00007" (the cable's own tag), or an end of it. Only what HWLab connected is taken out. */
export async function planRemoval(inventory: Inventory, text: string): Promise<Planned> {
  const id = await cableMeant(inventory, text)
  if (typeof id !== 'number') return id
  const answer = await inventory.rest.call({ method: 'GET', path: `dcim/cables/${id}/` })
  if (answer.kind === 'failed') return refused(answer.why)
  const row = cableRowSchema.safeParse(answer.body)
  if (!row.success) return refused(strange)
  const intent = await connectionOf(inventory, row.data)
  if (intent.kind === 'refused') return intent
  const { connection } = intent
  const tag = connection.loose?.part.tag ?? null
  return {
    kind: 'plan',
    plan: {
      title: quoted(`Take out ${cableTitle(connection)}`, 200),
      tier: 'bulk-or-destructive',
      itemId: null,
      steps: [
        {
          kind: 'netbox.remove_cable',
          title: `Remove the cable from ${inventory.describe()}`,
          payload: connection,
          waitsFor: null,
          optional: false,
        },
      ],
      lines: [
        { label: 'Connection', before: `${endWords(connection.a)} – ${endWords(connection.b)}`, after: null },
        ...(tag === null ? [] : [{ label: 'Tag', before: `${tag} on the cable`, after: `${tag}, loose` }]),
      ],
      warnings: ['NetBox keeps no cable without both ends: its record is removed. The change log stays.'],
    },
  }
}

async function cableMeant(inventory: Inventory, text: string): Promise<number | Refusal> {
  if (tagNumber(text.trim()) === null) {
    const chosen = await choosePort(inventory, text)
    if (chosen.kind === 'refused') return chosen
    return (
      chosen.row?.cable?.id ??
      refused(`No cable is in ${endWords(chosen.end)} in NetBox. Name its other end to connect it.`)
    )
  }
  const looked = await inventory.findByTag(text.trim().toUpperCase())
  if (looked.kind === 'away') return refused(looked.why)
  const cable = looked.records.find(({ kind }) => kind === 'cable')
  return cable?.id ?? refused(`${text.trim().toUpperCase()} is not on a cable in NetBox.`)
}

/** The connection as HWLab would make it again. */
async function connectionOf(
  { rest }: Inventory,
  row: CableRow,
): Promise<{ kind: 'connection'; connection: ConnectCable } | Refusal> {
  const hwlabId = row.custom_fields.hwlab_id
  if (typeof hwlabId !== 'string')
    return refused(
      `HWLab did not connect the cable ${quoted(row.display, 40)}, so it does not remove it. Take it out in NetBox.`,
    )
  const ends: CableEnd[] = []
  for (const [end] of [row.a_terminations, row.b_terminations]) {
    const { object_type: objectType, object } = end ?? {}
    const device = object?.device?.id
    if (typeof device !== 'number') return refused(strange)
    const answer = await rest.call({ method: 'GET', path: `dcim/devices/${device}/` })
    const seen = deviceRowSchema.safeParse(answer.kind === 'ok' ? answer.body : null)
    const read = connectCableSchema.shape.a.safeParse({
      objectType,
      device: {
        id: device,
        name: seen.success ? quoted(seen.data.display, 80) : '',
        tag: seen.data?.asset_tag ?? null,
      },
      name: object?.name,
      newType: null,
    })
    if (!read.success) return refused(strange)
    ends.push(read.data)
  }
  const [a, b] = ends
  if (!a || !b) return refused(strange)
  const loose = await looseOf({ rest, row, hwlabId })
  if ('why' in loose) return loose
  const lengthMetres = row.length_unit === 'm' ? (row.length ?? null) : null
  const type = row.type === 'null' ? '' : row.type
  return {
    kind: 'connection',
    connection: { hwlabId, loose: loose.loose, a, b, type, color: row.color, lengthMetres },
  }
}

/** The device that keeps the notes of a tagged cable takes the tag back. */
async function looseOf({
  rest,
  row,
  hwlabId,
}: {
  rest: Inventory['rest']
  row: CableRow
  hwlabId: string
}): Promise<{ loose: ConnectCable['loose'] } | Refusal> {
  if (tagNumber(row.label) === null) return { loose: null }
  const records = await readPart(rest, { tag: row.label, hwlabId })
  if (records.kind !== 'read') return refused(records.why)
  const { device } = records
  if (!device)
    return refused(`The device that stood for ${row.label} is gone from NetBox. Take the cable out there.`)
  const { manufacturer, model } = device.device_type
  const part = {
    tag: row.label,
    hwlabId,
    manufacturer: { name: manufacturer.name, slug: manufacturer.slug },
    model,
    role: { name: device.role.name, slug: device.role.slug },
  }
  const site = { name: device.site.name, slug: device.site.slug }
  return { loose: { part, from: { kind: 'shelf', site, location: [] } } }
}
