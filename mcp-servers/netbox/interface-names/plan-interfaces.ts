import type { CardLine, ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { findTarget } from '../changes/find-target.ts'
import type { Inventory } from '../client/inventory.ts'
import { quoted } from '../intake/field-words.ts'
import { canonicalName } from './interface-name.ts'
import { platformOf } from './platform.ts'
import { readHeld } from './read-held.ts'
import type { PortIntent, RenameInterfaces } from './rename-intent.ts'
import { type PortToBe, planRename } from './rename-plan.ts'

/** The interfaces of a device under the names that its platform writes, each once; sends nothing but GETs. */
export async function planInterfaces(
  inventory: Inventory,
  tag: string,
): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal> {
  const found = await findTarget(inventory, tag)
  if (found.kind === 'refused') return found
  const { target, live } = found
  if (target.kind !== 'device' || live.record === null)
    return refused(`${target.assetTag} is not a device of NetBox, so it has no interfaces.`)
  const platform = platformOf(live.record.manufacturer, live.record.model)
  if (platform === 'unknown')
    return refused(
      `HWLab does not know how ${target.name} (${target.assetTag}) names its interfaces, so it leaves them as they are. Correct them in NetBox.`,
    )
  const read = await readHeld(inventory.rest, {
    deviceId: target.id,
    doubles: (rows) =>
      [...Map.groupBy(rows, ({ name }) => canonicalName(platform, name)).values()]
        .filter((group) => group.length > 1)
        .flatMap((group) => group.map(({ id }) => id)),
  })
  if (read.kind === 'failed') return refused(read.why)
  const { ports, blocked } = planRename(platform, read.held)
  const warnings = blocked.map(({ why }) => quoted(why, 400))
  if (ports.length === 0)
    return refused(
      warnings.length > 0
        ? warnings.join(' ')
        : `The interfaces of ${target.name} (${target.assetTag}) have their right names already, each once.`,
    )
  const payload: RenameInterfaces = { target: { ...target, kind: 'device' }, ports: ports.map(intentOf) }
  return { kind: 'plan', plan: planOf(inventory, { payload, ports, warnings }) }
}

function intentOf({ stays, name, doubles }: PortToBe): PortIntent {
  const primary = doubles.find(({ primaryMacId }) => primaryMacId !== null)?.primaryMacId ?? null
  return {
    id: stays.id,
    from: stays.name,
    to: name,
    doubles: doubles.map(({ id, name: was, lastUpdated, addresses }) => ({
      ...{ id, name: was, lastUpdated },
      addresses: [...addresses],
    })),
    primaryMacId: stays.primaryMacId === null ? primary : null,
  }
}

function planOf(
  inventory: Inventory,
  facts: { payload: RenameInterfaces; ports: PortToBe[]; warnings: string[] },
): ChangePlan {
  const { payload, ports, warnings } = facts
  const { assetTag, name, hwlabId } = payload.target
  const hasDoubles = ports.some(({ doubles }) => doubles.length > 0)
  const deleting =
    'NetBox keeps a deleted interface only in its change log: taking this back renames, no more.'
  return {
    title: quoted(`Interfaces of ${name} (${assetTag}): the right name, each once`, 200),
    tier: hasDoubles ? 'bulk-or-destructive' : 'write',
    itemId: null,
    steps: [
      {
        kind: 'netbox.rename_interfaces',
        title: `Rename interfaces of ${assetTag} in ${inventory.describe()}`,
        payload,
        waitsFor: null,
        optional: false,
      },
    ],
    lines: ports.flatMap(linesOf),
    warnings: [
      ...warnings,
      ...(hasDoubles ? [deleting] : []),
      ...(hwlabId === null ? ['HWLab did not make this record.'] : []),
    ],
  }
}

function linesOf({ stays, name, doubles }: PortToBe): CardLine[] {
  const renamed = { label: 'Interface', before: quoted(stays.name, 64), after: quoted(name, 64) }
  return [
    ...doubles.flatMap((double) => [
      ...double.addresses.map(({ text }) => ({
        label: quoted(text, 64),
        before: `on ${quoted(double.name, 64)}`,
        after: `on ${quoted(stays.name, 64)}`,
      })),
      {
        label: 'Delete the double',
        before: quoted(double.name, 64),
        after: `it is ${quoted(stays.name, 64)} already`,
      },
    ]),
    ...(stays.name === name ? [] : [renamed]),
  ]
}
