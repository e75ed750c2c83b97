import type { Endpoint } from '../client/endpoints.ts'
import { customFieldsOf } from './custom-field-values.ts'
import type { FieldRule } from './model.ts'
import { models } from './models.ts'
import { customValue } from './object-keys.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

/** NetBox's read shapes, from stored objects. */
export class Reader {
  readonly #store: ObjectStore
  readonly #origin: string

  /** `origin` begins every address. */
  constructor(store: ObjectStore, origin: string) {
    this.#store = store
    this.#origin = origin
  }

  #url(object: StoredObject): string {
    return `${this.#origin}/api/${object.model}/${object.id}/`
  }

  whole(object: StoredObject): Record<string, unknown> {
    const { fields, counts, fixed } = models[object.model]
    return {
      id: object.id,
      url: this.#url(object),
      display_url: this.#displayUrl(object),
      display: this.#display(object),
      ...fixed,
      ...Object.fromEntries(
        Object.entries(fields).map(([field, rule]) => [field, this.#shown(object, field, rule)]),
      ),
      ...Object.fromEntries(Object.keys(counts).map((name) => [name, this.#count(object, name)])),
      ...this.#special(object),
      created: object.created,
      last_updated: object.lastUpdated,
    }
  }

  brief(object: StoredObject): Record<string, unknown> {
    const { brief: shownFields, fields } = models[object.model]
    const parts = shownFields.map((field) => {
      const rule = fields[field]
      return [field, rule ? this.#shown(object, field, rule) : this.#count(object, field)]
    })
    return {
      id: object.id,
      url: this.#url(object),
      display: this.#display(object),
      ...Object.fromEntries(parts),
    }
  }

  #referred(model: Endpoint, id: unknown): Record<string, unknown> | null {
    const object = typeof id === 'number' ? this.#store.get(model, id) : null
    return object ? this.brief(object) : null
  }

  #shown(object: StoredObject, field: string, rule: FieldRule): unknown {
    const value = object.body[field]
    switch (rule.kind) {
      case 'choice':
        return { value, label: rule.choices[String(value)] }
      case 'reference':
        return this.#referred(rule.model, value)
      case 'tags':
        return (Array.isArray(value) ? value : []).flatMap((id) => {
          const tag = this.#store.get('extras/tags', Number(id))
          return tag ? { ...this.brief(tag), display_url: this.#displayUrl(tag) } : []
        })
      case 'custom-fields':
        return Object.fromEntries(
          customFieldsOf(this.#store, object.model).map(({ body }) => {
            const name = String(body.name)
            return [name, customValue(object.body, name)]
          }),
        )
      case 'image':
        return `${this.#origin}/media/image-attachments/${object.id}`
      default:
        return value
    }
  }

  #count(object: StoredObject, name: string): number {
    const rule = models[object.model].counts[name]
    return rule ? this.#store.countWith(rule.model, rule.reference, String(object.id)) : 0
  }

  #displayUrl(object: StoredObject): string {
    const tag = object.body.asset_tag
    return typeof tag === 'string' ? `${this.#origin}/a/${encodeURIComponent(tag)}` : this.#url(object)
  }

  #display(object: StoredObject): string {
    const { displayFrom } = models[object.model]
    if (displayFrom !== 'device') return String(object.body[displayFrom] ?? '').slice(0, 100)
    const { name, asset_tag: tag } = object.body
    const type = this.#store.get('dcim/device-types', Number(object.body.device_type))
    const maker = type && this.#store.get('dcim/manufacturers', Number(type.body.manufacturer))
    const shownName = name ?? `${String(maker?.body.name)} ${String(type?.body.model)}`
    return tag === null ? String(shownName) : `${String(shownName)} (${String(tag)})`
  }

  #special(object: StoredObject): Record<string, unknown> {
    const { body, model } = object
    if (model === 'dcim/interfaces') {
      const macs = this.#store.idsWith('dcim/mac-addresses', [
        { field: 'interface_id', values: [String(object.id)] },
      ])
      const primary = this.#store.get('dcim/mac-addresses', Number(body.primary_mac_address))
      return {
        mac_address: primary?.body.mac_address ?? null,
        mac_addresses: macs.map((id) => this.#referred('dcim/mac-addresses', id)),
      }
    }
    if (model === 'extras/custom-fields') return { data_type: String(body.type), weight: 100 }
    if (model === 'extras/custom-field-choice-sets')
      return { choices_count: Array.isArray(body.extra_choices) ? body.extra_choices.length : 0 }
    if (model === 'extras/journal-entries')
      return { assigned_object: this.#target(body, 'assigned_object'), created_by: null }
    if (model === 'dcim/mac-addresses') return { assigned_object: this.#target(body, 'assigned_object') }
    if (model === 'extras/image-attachments') {
      const { width, height, size } = body
      return {
        parent: this.#target(body, 'object'),
        image_width: width,
        image_height: height,
        image_size: size,
      }
    }
    return {}
  }

  #target(body: Record<string, unknown>, prefix: string): Record<string, unknown> | null {
    for (const [name, model] of Object.entries(models)) {
      if (model.objectType !== body[`${prefix}_type`]) continue
      const endpoint = Object.keys(models).find((key): key is Endpoint => key === name)
      return endpoint ? this.#referred(endpoint, body[`${prefix}_id`]) : null
    }
    return null
  }
}
