import type { Endpoint } from '../client/endpoints.ts'
import { dcimModels } from './dcim-models.ts'
import { extrasModels } from './extras-models.ts'
import type { Model } from './model.ts'

/** The part of NetBox that HWLab needs, as a table. */
export const models: Record<Endpoint, Model> = { ...dcimModels, ...extrasModels }

export function isEndpoint(path: string): path is Endpoint {
  return Object.hasOwn(models, path)
}
