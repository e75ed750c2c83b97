import type { Endpoint } from '../client/endpoints.ts'
import type { Model } from './model.ts'
import { coreModels } from './models/core.ts'
import { dcimCablingModels } from './models/dcim-cabling.ts'
import { dcimDeviceModels } from './models/dcim-devices.ts'
import { dcimPlaceModels } from './models/dcim-places.ts'
import { dcimPortModels } from './models/dcim-ports.ts'
import { dcimTypeModels } from './models/dcim-types.ts'
import { extrasModels } from './models/extras.ts'
import { ipamModels } from './models/ipam.ts'
import { inventoryPluginModels } from './models/netbox-inventory.ts'

/** The part of NetBox that HWLab needs, as a table. */
export const models: Record<Endpoint, Model> = {
  ...coreModels,
  ...dcimCablingModels,
  ...dcimDeviceModels,
  ...dcimPlaceModels,
  ...dcimPortModels,
  ...dcimTypeModels,
  ...extrasModels,
  ...inventoryPluginModels,
  ...ipamModels,
}

export function isEndpoint(path: string): path is Endpoint {
  return Object.hasOwn(models, path)
}

/** The endpoint of NetBox's own name for a type, such as `dcim.interface`. */
export function endpointOf(objectType: unknown): Endpoint | null {
  return (
    Object.keys(models).find(
      (key): key is Endpoint => isEndpoint(key) && models[key].objectType === objectType,
    ) ?? null
  )
}
