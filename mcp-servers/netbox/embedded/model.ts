import type { Endpoint } from '../client/endpoints.ts'

/** How one attribute is written, kept and read. Limits and defaults are NetBox 4.6.8's (OpenAPI, serializers). */
export type FieldRule =
  | { kind: 'text'; most: number; required?: true; nullable?: true; pattern?: RegExp; fallback?: string }
  /** May be null when the fallback is. A whole number unless it has decimals. */
  | { kind: 'number'; least: number; most: number; fallback: number | null; decimals?: number }
  | { kind: 'numbers'; required?: true }
  | { kind: 'boolean'; fallback: boolean }
  | ChoiceRule
  | ReferenceRule
  | { kind: 'generic-type' }
  | { kind: 'generic-id' }
  | { kind: 'texts'; required?: true }
  | { kind: 'json'; required?: true }
  | { kind: 'mac' }
  /** An IP network, or an address with the length of its network. */
  | { kind: 'cidr'; of: 'network' | 'host' }
  /** One end of a cable: `[{object_type, object_id}]`. */
  | { kind: 'cable-end' }
  | { kind: 'tags' }
  | { kind: 'custom-fields' }
  | { kind: 'image' }

export interface ChoiceRule {
  kind: 'choice'
  choices: Record<string, string>
  /** `''`: may be left blank, and is read as null. */
  fallback: string
  required?: true
  /** Read as the bare value instead of `{value, label}`. */
  bare?: true
  /** The values are numbers. */
  numeric?: true
}

export interface ReferenceRule {
  kind: 'reference'
  model: Endpoint
  required?: true
  /** What happens to this object when the other is deleted; by default the other cannot be. */
  whenGone?: 'goes-too' | 'is-cleared'
  /** What is shown of the other, when it is not its `brief`. */
  shows?: readonly string[]
}

export interface UniqueRule {
  /** Unique together; nulls and blanks never collide unless `nullsCollide`. */
  fields: string[]
  ignoreCase: boolean
  nullsCollide?: true
  /** What a 400 says; `integrity-error`: NetBox finds out only in its database and answers 500. */
  message: Record<string, string[]> | 'integrity-error'
}

export interface Model {
  objectType: string
  fields: Record<string, FieldRule>
  unique: UniqueRule[]
  /** What other objects show of this one, beside id, url and display; may name counts and `special` attributes. */
  brief: readonly string[]
  /** An attribute, or a rule of `display-of.ts`. */
  displayFrom: string
  /** Read-only counters: name → the model and reference that point here; null: HWLab keeps none of those. */
  counts: Record<string, { model: Endpoint; reference: string } | null>
  /** Read-only attributes of which HWLab has nothing to tell. */
  fixed?: Record<string, unknown>
  /** Substring search of `?q=`. */
  searched: readonly string[]
  /** Not written through the API. */
  readOnly?: true
  /** A component of a device, where a cable can end. */
  takesCables?: true
}
