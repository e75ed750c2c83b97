import { isEndpoint, models } from './models.ts'
import { objectKeys } from './object-keys.ts'
import type { ObjectStore } from './object-store.ts'

/** Raised when objects are found by more or other keys than before. */
const currentRules = 1
/** As long as NetBox keeps its change log by default. */
const changesKeptMs = 90 * 86_400_000

/** Makes the lookups of older rules again, and drops changes that NetBox would have forgotten. */
export function indexAnew(store: ObjectStore, nowMs: number): void {
  store.inTransaction(() => {
    store.removeOlder('core/object-changes', new Date(nowMs - changesKeptMs).toISOString())
    if (store.indexVersion() === currentRules) return
    for (const model of Object.keys(models))
      if (isEndpoint(model) && model !== 'core/object-changes')
        for (const object of store.allOf(model))
          store.update(object, objectKeys(store, model, object.body), object.lastUpdated)
    store.setIndexVersion(currentRules)
  })
}
