import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { custom_fields, description, name, nameAndSlug, slug, tags, taken } from './field-rules.ts'

const fieldTypes = {
  text: 'Text',
  longtext: 'Text (long)',
  integer: 'Integer',
  decimal: 'Decimal',
  boolean: 'Boolean (true/false)',
  date: 'Date',
  datetime: 'Date & time',
  url: 'URL',
  json: 'JSON',
  select: 'Selection',
  multiselect: 'Multiple selection',
}

/** What is attached to things, as NetBox's `extras` keeps it. */
export const extrasModels = {
  'extras/tags': {
    objectType: 'extras.tag',
    fields: {
      name,
      slug,
      color: { kind: 'text', most: 6, pattern: /^[0-9a-f]{6}$/, fallback: '9e9e9e' },
      description,
      object_types: { kind: 'texts' },
    },
    unique: nameAndSlug('tag'),
    brief: ['name', 'slug', 'color'],
    displayFrom: 'name',
    searched: ['name', 'slug'],
    counts: { tagged_items: null },
  },
  'extras/custom-fields': {
    objectType: 'extras.customfield',
    fields: {
      name: { kind: 'text', most: 50, required: true, pattern: /^[a-z0-9_]+$/i },
      type: { kind: 'choice', choices: fieldTypes, fallback: 'text', required: true },
      object_types: { kind: 'texts', required: true },
      label: { kind: 'text', most: 50 },
      group_name: { kind: 'text', most: 50 },
      description,
      required: { kind: 'boolean', fallback: false },
      unique: { kind: 'boolean', fallback: false },
      filter_logic: {
        kind: 'choice',
        choices: { disabled: 'Disabled', loose: 'Loose', exact: 'Exact' },
        fallback: 'loose',
      },
      ui_editable: { kind: 'choice', choices: { yes: 'Yes', no: 'No', hidden: 'Hidden' }, fallback: 'yes' },
      choice_set: { kind: 'reference', model: 'extras/custom-field-choice-sets' },
    },
    unique: [{ fields: ['name'], ignoreCase: false, message: { name: [taken('custom field', 'name')] } }],
    brief: ['name', 'description'],
    displayFrom: 'name',
    searched: ['name', 'label'],
    counts: {},
  },
  'extras/custom-field-choice-sets': {
    objectType: 'extras.customfieldchoiceset',
    fields: { name, description, extra_choices: { kind: 'json', required: true } },
    unique: [
      { fields: ['name'], ignoreCase: false, message: { name: [taken('custom field choice set', 'name')] } },
    ],
    brief: ['name', 'description', 'choices_count'],
    displayFrom: 'name',
    searched: ['name'],
    counts: {},
  },
  'extras/image-attachments': {
    objectType: 'extras.imageattachment',
    fields: {
      object_type: { kind: 'generic-type' },
      object_id: { kind: 'generic-id' },
      name: { kind: 'text', most: 50 },
      description,
      image: { kind: 'image' },
    },
    unique: [],
    brief: ['name', 'image'],
    displayFrom: 'name',
    searched: ['name'],
    counts: {},
  },
  'extras/journal-entries': {
    objectType: 'extras.journalentry',
    fields: {
      assigned_object_type: { kind: 'generic-type' },
      assigned_object_id: { kind: 'generic-id' },
      kind: {
        kind: 'choice',
        choices: { info: 'Info', success: 'Success', warning: 'Warning', danger: 'Danger' },
        fallback: 'info',
      },
      comments: { kind: 'text', most: 1_000_000, required: true },
      tags,
      custom_fields,
    },
    unique: [],
    brief: ['created'],
    displayFrom: 'comments',
    searched: ['comments'],
    counts: {},
  },
} satisfies Partial<Record<Endpoint, Model>>
