import { type Refusal, refused } from '../../serving/tool.ts'
import type { Rest } from '../client/rest.ts'
import { customFields } from '../custom-fields.ts'
import { quoted } from '../intake/field-words.ts'
import { slugOf } from '../outbox/references.ts'
import { placePath } from '../parts/place-path.ts'
import { knownModel, knownPlace, knownRole } from './known-names.ts'
import type { FieldValue, FieldValues } from './merge-fields.ts'
import { type LiveRow, modelOf, placeText } from './read-record.ts'
import { type ChangeableKind, customFieldIn, modelSchema, recordShapes, ruleOf } from './record-shapes.ts'

/** A field by the name that people use, and its text; empty: clear it. */
export interface FieldWish {
  field: string
  text: string
}

/** Names that a change may use; HWLab's own custom fields have short ones, others are `cf_<name>`. */
const nativeNames = ['status', 'name', 'serial', 'role', 'location', 'description', 'comments'] as const
const shortNames = new Map([
  ['spec', 'custom_fields.hwlab_spec'],
  ['fcc_id', 'custom_fields.hwlab_fcc_id'],
])
const yes = new Set(['true', 'yes', '1'])
const no = new Set(['false', 'no', '0'])

/** The values that the wishes ask for, in NetBox's names, or the sentence about the first that cannot be. */
export async function wishedFields(
  rest: Rest,
  { kind, row, wanted }: Thing,
  wishes: readonly FieldWish[],
): Promise<{ kind: 'values'; values: FieldValues } | Refusal> {
  const values: FieldValues = { ...wanted }
  for (const wish of wishes) {
    const read = await wished(rest, { kind, row, wanted: values }, wish)
    if (read.kind === 'refused') return read
    values[read.field] = read.value
  }
  return { kind: 'values', values }
}

interface Thing {
  kind: ChangeableKind
  row: LiveRow
  /** What is wanted of it already. */
  wanted: FieldValues
}

type Wished = { kind: 'value'; field: string; value: FieldValue } | Refusal

async function wished(rest: Rest, { kind, row, wanted }: Thing, { field, text }: FieldWish): Promise<Wished> {
  if (field === 'add_tag' || field === 'remove_tag') {
    if (text.trim() === '') return refused('Say which tag.')
    return { kind: 'value', field: `tags.${slugOf(text.trim())}`, value: field === 'add_tag' }
  }
  const long = shortNames.get(field) ?? (field.startsWith('cf_') ? `custom_fields.${field.slice(3)}` : field)
  const custom = customFieldIn(long)
  if (custom !== null) return customValue(rest, { field: long, name: custom, text: oneLine(text) })
  if (kind === 'device' && (long === 'manufacturer' || long === 'model')) {
    const now = modelSchema.catch(noModel).parse(wanted.device_type ?? modelOf(row))
    return model(rest, { ...now, [long]: oneLine(text) })
  }
  if (!nativeNames.some((name) => name === long) || ruleOf(kind, long) === null)
    return refused(
      `“${quoted(field, 40)}” of ${kind === 'asset' ? 'an' : 'a'} ${kind} cannot be changed here. Fields are: ${namesFor(kind)}.`,
    )
  if (long === 'role') return role(rest, oneLine(text))
  if (long === 'location') return place(rest, row, placePath(oneLine(text)))
  return nativeValue(kind, long, text)
}

function nativeValue(kind: ChangeableKind, field: string, text: string): Wished {
  const rule = ruleOf(kind, field)
  const value = field === 'comments' ? text.replaceAll('\r\n', '\n').trim() : oneLine(text)
  if (rule?.kind === 'choice') return status(kind, value)
  const most = rule?.kind === 'text' ? rule.most : 100
  if (value.length > most)
    return refused(`${rule?.label ?? field} may have up to ${most} characters. Shorten it.`)
  return { kind: 'value', field, value: value === '' ? null : value }
}

const noModel = { manufacturer: '', model: '' }

/** Manufacturer and model go together: NetBox keeps them as one reference. */
async function model(rest: Rest, wanted: typeof noModel): Promise<Wished> {
  const tooLong = [wanted.manufacturer, wanted.model].some((name) => name.length > 100)
  if (wanted.manufacturer === '' || wanted.model === '' || tooLong)
    return refused('A device has a manufacturer and a model, each of up to 100 characters.')
  const known = await knownModel(rest, wanted)
  return known.kind === 'failed'
    ? refused(known.why)
    : { kind: 'value', field: 'device_type', value: known.model }
}

async function role(rest: Rest, name: string): Promise<Wished> {
  if (name === '') return refused('A device must have a role. Name one.')
  if (name.length > 100) return refused('Role may have up to 100 characters. Shorten it.')
  const known = await knownRole(rest, name)
  return known.kind === 'failed' ? refused(known.why) : { kind: 'value', field: 'role', value: known.name }
}

async function place(rest: Rest, { site }: LiveRow, names: string[]): Promise<Wished> {
  const known = await knownPlace(rest, site?.id ?? 0, names)
  if (known.kind === 'failed') return refused(known.why)
  return { kind: 'value', field: 'location', value: placeText(known.names) }
}

function status(kind: ChangeableKind, text: string): Wished {
  const { statuses, retired } = recordShapes[kind]
  const wanted = text.toLowerCase()
  const raw =
    wanted === 'retired'
      ? retired
      : Object.entries(statuses).find(([name, words]) => [name, words.toLowerCase()].includes(wanted))?.[0]
  return raw === undefined
    ? refused(`A status is one of: ${Object.keys(statuses).join(', ')}; or retired.`)
    : { kind: 'value', field: 'status', value: raw }
}

async function customValue(
  rest: Rest,
  { field, name, text }: { field: string; name: string; text: string },
): Promise<Wished> {
  if (name === 'hwlab_id') return refused('The HWLab id proves whose record it is and is never changed.')
  const type = await customFieldType(rest, name)
  if (type.kind === 'refused') return type
  if (text === '') return { kind: 'value', field, value: null }
  switch (type.type) {
    case 'text':
    case 'longtext':
    case 'url':
    case 'date':
    case 'datetime':
    case 'select':
      return { kind: 'value', field, value: text }
    case 'integer':
    case 'decimal': {
      const number = Number(text)
      const fits = Number.isFinite(number) && (type.type === 'decimal' || Number.isInteger(number))
      return fits ? { kind: 'value', field, value: number } : refused(`${name} must be a number.`)
    }
    case 'boolean': {
      const word = text.toLowerCase()
      if (!yes.has(word) && !no.has(word)) return refused(`${name} must be yes or no.`)
      return { kind: 'value', field, value: yes.has(word) }
    }
    default:
      return refused(`${name} holds more than one plain value. Change it in NetBox.`)
  }
}

async function customFieldType(rest: Rest, name: string): Promise<{ kind: 'type'; type: string } | Refusal> {
  const own = customFields.find((field) => field.name === name)
  if (own) return { kind: 'type', type: own.type }
  const answer = await rest.list('extras/custom-fields', { name }, { limit: 50 })
  if (answer.kind === 'failed') return refused(answer.why)
  const row = answer.rows.find((candidate) => candidate.name === name)
  if (!row) return refused(`NetBox has no custom field “${quoted(name, 50)}”.`)
  const { type } = row
  const raw = typeof type === 'object' && type !== null && 'value' in type ? type.value : type
  return { kind: 'type', type: String(raw) }
}

function namesFor(kind: ChangeableKind): string {
  const native = nativeNames.filter((name) => ruleOf(kind, name) !== null)
  const models = kind === 'device' ? ['manufacturer', 'model'] : []
  return [...native, ...models, ...shortNames.keys(), 'add_tag', 'remove_tag', 'cf_<custom field>'].join(', ')
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
