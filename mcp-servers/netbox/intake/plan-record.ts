import type { CardLine, ChangePlan, PlannedStep } from '../../approval/change-request.ts'
import type { CatalogueEntry } from '../catalogue/catalogue.ts'
import { describeStanding } from '../identify/describe-standing.ts'
import type { CreateItem, DesiredItem } from '../outbox/item-intent.ts'
import type { RecordFacts } from './desired-item.ts'
import { fieldInSentence, fieldLabels, inWords, quoted } from './field-words.ts'
import { trustedProbability, valuesRead } from './gate.ts'
import type { Duplicate } from './item-duplicates-table.ts'

export interface Printer {
  id: string
  name: string
}

/** Everything that a record's plan is made from; the plan is a pure function of it. */
export interface PlanFacts extends RecordFacts {
  desired: DesiredItem
  entry: CatalogueEntry | null
  photos: CreateItem['photos']
  threshold: number
  lookAlikes: Duplicate[]
  /** It was set back to draft: its record is changed, not made. */
  recordedBefore: boolean
  /** Why the inventory could not be asked for duplicates; null: it was. */
  unchecked: string | null
  /** "NetBox at https://…". */
  target: string
  print: { kind: 'none' } | { kind: 'no-printer' } | { kind: 'print'; printer: Printer }
}

export function planRecord(facts: PlanFacts): ChangePlan {
  const { item, tag, desired } = facts
  return {
    title: `Record ${titleOf(desired)} as ${tag}`,
    tier: facts.print.kind === 'print' ? 'physical' : 'write',
    itemId: item.id,
    steps: stepsOf(facts),
    lines: linesOf(facts),
    warnings: warningsOf(facts),
  }
}

export function titleOf(desired: DesiredItem): string {
  return quoted(`${desired.manufacturer.name} ${desired.deviceType.model}`, 80)
}

/** What the step `netbox.create_item` carries out; the executor compares it with the item as it is then. */
export function createPayload(
  facts: Omit<RecordFacts, 'site'> & Pick<PlanFacts, 'desired' | 'photos'>,
): CreateItem {
  return { item: facts.desired, photos: facts.photos, journal: journalOf(facts) }
}

function stepsOf(facts: PlanFacts): PlannedStep[] {
  const { tag, print } = facts
  const create: PlannedStep = {
    kind: 'netbox.create_item',
    title: `${facts.recordedBefore ? 'Change' : 'Create'} ${tag} in ${facts.target}`,
    payload: createPayload(facts),
    waitsFor: null,
    optional: false,
  }
  if (print.kind !== 'print') return [create]
  return [
    create,
    {
      kind: 'devices.print_label',
      title: `Print the label of ${tag} on ${quoted(print.printer.name)}`,
      payload: { tag, printerId: print.printer.id, template: 'standard' },
      waitsFor: 0,
      optional: true,
    },
  ]
}

function linesOf({ desired, photos }: PlanFacts): CardLine[] {
  const { deviceType } = desired
  const rows: [string, string | null][] = [
    ['Tag', desired.assetTag],
    [fieldLabels.manufacturer, desired.manufacturer.name],
    [fieldLabels.model, deviceType.model],
    [fieldLabels.part_number, deviceType.partNumber],
    [fieldLabels.serial, desired.serial],
    [fieldLabels.mac_address, desired.macAddress],
    [fieldLabels.role, desired.role.name],
    ['Site', desired.site.name],
    [fieldLabels.location, desired.location?.join(' / ') ?? null],
    [fieldLabels.name, desired.name],
    ['Status', 'Inventory'],
    ['Rack units', String(deviceType.uHeight)],
    ...Object.entries(desired.customFields).map(([name, value]): [string, string] => [
      customFieldWords[name] ?? name,
      value === true ? 'Yes' : String(value),
    ]),
    ['Tags', desired.tags.join(', ')],
    ['Comments', desired.comments === '' ? null : desired.comments],
    ['Photos', photos.length === 0 ? null : String(photos.length)],
  ]
  const isShown = ([label, after]: [string, string | null]) => after !== null || label === fieldLabels.serial
  return rows.filter(isShown).map(([label, after]) => ({ label, before: null, after }))
}

const customFieldWords: Record<string, string> = {
  hwlab_spec: 'Key spec',
  hwlab_fcc_id: 'FCC ID',
  hwlab_sample: 'Sample',
}

function warningsOf(facts: PlanFacts): string[] {
  const conflicts = facts.fields
    .filter((field) => field.conflict)
    .map((field) => {
      const seen = inWords(valuesRead(field).map((value) => quoted(value, 40)))
      return `The ${fieldInSentence(field.field)} is left out: ${seen} were read.`
    })
  const weak = facts.fields
    .filter((field) => !field.conflict && field.value !== null && trustedProbability(field) < facts.threshold)
    .filter((field) => field.field !== 'part_number' || field.value !== facts.entry?.partNumber)
    .map(
      (field) =>
        `${fieldLabels[field.field]} ${quoted(field.value ?? '')}: ${describeStanding(field)}. Compare it with the label.`,
    )
  return [...conflicts, ...weak, ...circumstances(facts)]
}

function circumstances(facts: PlanFacts): string[] {
  const { desired, entry, lookAlikes, unchecked, print } = facts
  const warnings: [boolean, string][] = [
    [facts.recordedBefore, 'It was recorded before: that record is changed, and no second one is made.'],
    [
      unchecked !== null,
      `Whether you have it already could not be checked in the inventory: ${unchecked ?? ''}`,
    ],
    [
      desired.serial === null,
      'No serial number: it cannot be told apart from another one of the same model.',
    ],
    [
      entry === null,
      `${titleOf(desired)} is not in the catalogue. If the inventory has no such device type, a new one is created, without rack units.`,
    ],
    [print.kind === 'no-printer', 'No printer is there, so no label is printed with it.'],
    [facts.item.sample, 'This is the built-in sample: the record and the label are marked as a sample.'],
  ]
  return [
    ...lookAlikes.map((duplicate) => duplicate.words),
    ...warnings.filter(([isTrue]) => isTrue).map(([, words]) => words),
  ]
}

function journalOf({ fields, photos }: Pick<PlanFacts, 'fields' | 'photos'>): string {
  const from = photos.length === 1 ? '1 photo' : `${photos.length} photos`
  const facts = fields
    .filter((field) => field.value !== null && !field.conflict)
    .map(
      (field) => `${fieldLabels[field.field]} ${quoted(field.value ?? '', 100)} (${describeStanding(field)})`,
    )
  return `Recorded by HWLab from ${from}: ${facts.join('; ')}.`
}
