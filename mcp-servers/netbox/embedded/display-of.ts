import { models } from './models.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

/** What NetBox calls an object: Python's `str()` of it. */
export function displayOf(store: ObjectStore, object: StoredObject): string {
  const { body } = object
  switch (models[object.model].displayFrom) {
    case 'device': {
      const type = store.get('dcim/device-types', Number(body.device_type))
      const maker = type && store.get('dcim/manufacturers', Number(type.body.manufacturer))
      const shown = String(body.name ?? `${String(maker?.body.name)} ${String(type?.body.model)}`)
      return body.asset_tag === null ? shown : `${shown} (${String(body.asset_tag)})`
    }
    case 'module': {
      const bay = store.get('dcim/module-bays', Number(body.module_bay))
      const type = store.get('dcim/module-types', Number(body.module_type))
      return `${String(bay?.body.name)}: ${String(type?.body.model)} (${object.id})`
    }
    case 'asset': {
      const type =
        store.get('dcim/device-types', Number(body.device_type)) ??
        store.get('dcim/module-types', Number(body.module_type))
      const model = type ? displayOf(store, type) : ''
      return body.serial === null ? `${model} (id:${object.id})` : `${model} ${String(body.serial)}`
    }
    case 'cable':
      return body.label === '' ? `#${object.id}` : String(body.label)
    case 'vlan':
      return `${String(body.name)} (${String(body.vid)})`
    default:
      return String(body[models[object.model].displayFrom] ?? '').slice(0, 100)
  }
}
