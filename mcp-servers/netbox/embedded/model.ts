import type { Endpoint } from '../client/endpoints.ts'

/** How one attribute is written, kept and read. Limits and defaults are NetBox 4.6.8's (OpenAPI). */
export type FieldRule =
  | { kind: 'text'; most: number; required?: true; nullable?: true; pattern?: RegExp; fallback?: string }
  | { kind: 'number'; least: number; most: number; fallback: number | null }
  | { kind: 'boolean'; fallback: boolean }
  | { kind: 'choice'; choices: Record<string, string>; fallback: string; required?: true }
  | { kind: 'reference'; model: Endpoint; required?: true }
  | { kind: 'generic-type' }
  | { kind: 'generic-id' }
  | { kind: 'texts'; required?: true }
  | { kind: 'json'; required?: true }
  | { kind: 'mac' }
  | { kind: 'tags' }
  | { kind: 'custom-fields' }
  | { kind: 'image' }

export interface Model {
  objectType: string
  fields: Record<string, FieldRule>
  /** Each: fields that are unique together, compared without case when `ignoreCase`; nulls and blanks never collide. */
  unique: { fields: string[]; ignoreCase: boolean; message: Record<string, string[]> }[]
  /** What other objects show of this one, beside id, url and display; may name counts. */
  brief: readonly string[]
  displayFrom: 'name' | 'model' | 'mac_address' | 'device' | 'comments'
  /** Read-only counters: name → the model and reference that point here; null: HWLab keeps none of those. */
  counts: Record<string, { model: Endpoint; reference: string } | null>
  /** Read-only attributes of which HWLab has nothing to tell. */
  fixed?: Record<string, unknown>
  /** Substring search of `?q=`. */
  searched: readonly string[]
}
