import type { Endpoint } from '../client/endpoints.ts'
import { tagNumber } from '../tags/tag-text.ts'
import { customFieldShown, customFieldsOf } from './custom-field-values.ts'
import { displayOf } from './display-of.ts'
import type { FieldRule } from './model.ts'
import { models } from './models.ts'
import { customValue } from './object-keys.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import { specialAttributes } from './read-special.ts'
import type { Release } from './release.ts'

/** NetBox's read shapes, from stored objects. */
export class Reader {
  readonly store: ObjectStore
  readonly #release: Release
  readonly #origin: string

  /** `origin` begins every address. */
  constructor(at: { store: ObjectStore; release: Release; origin: string }) {
    this.store = at.store
    this.#release = at.release
    this.#origin = at.origin
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
      display: displayOf(this.store, object),
      ...fixed,
      ...Object.fromEntries(
        Object.entries(fields).map(([field, rule]) => [field, this.#shown(object, field, rule)]),
      ),
      ...Object.fromEntries(Object.keys(counts).map((name) => [name, this.#count(object, name)])),
      ...specialAttributes(this, object),
      created: object.created,
      last_updated: object.lastUpdated,
    }
  }

  brief(
    object: StoredObject,
    shows: readonly string[] = models[object.model].brief,
  ): Record<string, unknown> {
    const { fields, counts, fixed } = models[object.model]
    const special = shows.some(
      (name) => !fields[name] && !Object.hasOwn(counts, name) && name !== 'display_url',
    )
      ? specialAttributes(this, object)
      : {}
    const part = (name: string): unknown => {
      const rule = fields[name]
      if (rule) return this.#shown(object, name, rule)
      if (name === 'display_url') return this.#displayUrl(object)
      return Object.hasOwn(counts, name) ? this.#count(object, name) : (special[name] ?? fixed?.[name])
    }
    return {
      id: object.id,
      url: this.#url(object),
      display: displayOf(this.store, object),
      ...Object.fromEntries(shows.map((name) => [name, part(name)])),
    }
  }

  referred(model: Endpoint, id: unknown, shows?: readonly string[]): Record<string, unknown> | null {
    const object = typeof id === 'number' ? this.store.get(model, id) : null
    return object ? this.brief(object, shows) : null
  }

  #shown(object: StoredObject, field: string, rule: FieldRule): unknown {
    const value = object.body[field]
    switch (rule.kind) {
      case 'choice':
        if (value === '' || value === null || value === undefined) return null
        return rule.bare ? value : { value, label: rule.choices[String(value)] }
      case 'reference':
        return this.referred(rule.model, value ?? null, rule.shows)
      case 'tags':
        return (Array.isArray(value) ? value : []).flatMap((id) => {
          const tag = this.store.get('extras/tags', Number(id))
          return tag ? { ...this.brief(tag), display_url: this.#displayUrl(tag) } : []
        })
      case 'custom-fields':
        return Object.fromEntries(
          customFieldsOf(this.store, object.model).map((declared) => {
            const name = String(declared.body.name)
            const at = { store: this.store, release: this.#release }
            return [name, customFieldShown(at, declared, customValue(object.body, name) ?? null)]
          }),
        )
      case 'image':
        return `${this.#origin}/media/image-attachments/${object.id}`
      case 'text':
        return value ?? (rule.nullable ? null : '')
      default:
        return value ?? null
    }
  }

  #count(object: StoredObject, name: string): number {
    const rule = models[object.model].counts[name]
    return rule ? this.store.countWith(rule.model, rule.reference, String(object.id)) : 0
  }

  #displayUrl(object: StoredObject): string {
    const { asset_tag, label } = object.body
    const tag = object.model === 'dcim/cables' && tagNumber(String(label)) !== null ? label : asset_tag
    return typeof tag === 'string' ? `${this.#origin}/a/${encodeURIComponent(tag)}` : this.#url(object)
  }
}
