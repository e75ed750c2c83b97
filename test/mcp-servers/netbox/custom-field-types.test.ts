import { expect, test } from 'vitest'
import { readCustomField, writeCustomField } from '../../../mcp-servers/netbox/custom-field-types.ts'

const draft = { value: 'draft', label: 'Draft' }
const site = { id: 7, url: 'https://netbox.test/api/dcim/sites/7/', display: 'Lab', name: 'Lab', slug: 'lab' }

// As NetBox reads them: up to 4.6, from 4.7, the value, and what is written.
test.for([
  ['text', 'two ports', 'two ports', 'two ports', 'two ports'],
  ['text', '', '', null, null],
  ['boolean', false, false, false, false],
  ['integer', 3, 3, 3, 3],
  ['decimal', 1.5, '1.5', 1.5, 1.5],
  ['date', '2026-01-05', '2026-01-05', '2026-01-05', '2026-01-05'],
  ['select', 'draft', draft, 'draft', 'draft'],
  ['multiselect', ['draft'], [draft], ['draft'], ['draft']],
  ['object', site, site, 7, 7],
  [
    'json',
    { value: 1, label: 'x' },
    { value: 1, label: 'x' },
    { value: 1, label: 'x' },
    { value: 1, label: 'x' },
  ],
  ['select', null, undefined, null, null],
  ['object', null, undefined, null, null],
] as const)(
  'a %s field is read from either era as one value and written bare',
  ([type, older, newer, value, written]) => {
    expect([readCustomField(type, older), readCustomField(type, newer)]).toEqual([value, value])
    expect(writeCustomField(type, value)).toEqual(written)
  },
)

test('what was read may be written as it came', () => {
  expect([writeCustomField('select', draft), writeCustomField('object', site)]).toEqual(['draft', 7])
})
