import { type Failure, failed } from '../../client/failure.ts'
import type { DesiredItem } from '../item-intent.ts'
import type { Workbench } from '../operation-kind.ts'
import { assetCustomFields, assetTarget } from './asset.ts'
import { deviceTarget } from './device.ts'
import type { InventoryTarget } from './inventory-target.ts'

/** Assets where the plugin is; what is a device already stays one. */
export async function chooseTarget(
  bench: Workbench,
  item: DesiredItem,
): Promise<{ kind: 'target'; target: InventoryTarget } | { kind: 'needs-human'; why: string } | Failure> {
  const { rest, references, signal } = bench
  const known = await bench.features()
  if (known.kind === 'away') return failed('offline', known.why)
  if (!known.features.assets) return { kind: 'target', target: deviceTarget }
  const device = await deviceTarget.find(rest, item, signal)
  if (device.kind === 'failed') return device
  if (device.kind === 'foreign') return { kind: 'needs-human', why: device.why }
  if (device.kind === 'own') return { kind: 'target', target: deviceTarget }
  for (const name of assetCustomFields(assetTarget.sayable(item))) {
    const field = await references.customField(name, assetTarget.place.objectType, signal)
    if (field.kind === 'failed') return field
  }
  return { kind: 'target', target: assetTarget }
}

export function targetOf(kind: string | undefined): InventoryTarget {
  return kind === 'asset' ? assetTarget : deviceTarget
}
