import { expect, test } from 'vitest'
import { interpretText } from '../../../../mcp-servers/netbox/identify/interpret-text.ts'
import { scoreFields } from '../../../../mcp-servers/netbox/identify/score-fields.ts'
import { evidenceOf, starterCatalogue } from './label-reading.ts'

const catalogue = starterCatalogue()
const person = { kind: 'operator', source: 'operator' } as const

function scored(text: string, author?: typeof person) {
  const fields = scoreFields(evidenceOf(interpretText(text, catalogue, author)))
  return Object.fromEntries(
    fields
      .filter(({ value }) => value !== null)
      .map(({ field, value, probability }) => [field, [value, probability]]),
  )
}

test('a person’s description gives model, serial and what follows from the catalogue', () => {
  expect(scored('Dell PowerEdge R730, S/N ABC1234, in rack 2', person)).toEqual({
    manufacturer: ['Dell', 0.85],
    model: ['PowerEdge R730', 1],
    serial: ['ABC1234', 1],
    role: ['Server', 0.85],
    description: ['2U, 2 sockets', 0.85],
  })
})

test('the same words in a note that a model may have written stay below the gate', () => {
  const fields = scored('Dell PowerEdge R730, S/N ABC1234, MAC 78:8A:20:12:34:56')
  expect(Object.keys(fields)).toContain('serial')
  for (const field of Object.values(fields)) expect(field?.[1]).toBeLessThanOrEqual(0.69)
})

test('a description that names two things decides neither', () => {
  const fields = scored('PowerEdge R730 with an X520-DA2', person)
  expect(fields.model?.[1]).toBeLessThanOrEqual(0.5)
})

test('words without a known thing give nothing', () => {
  expect(scored('a small black box from the attic', person)).toEqual({})
})

test('100,000 characters are cut, not choked on', () => {
  expect(scored(`${'x '.repeat(50_000)} S/N: ABC1234567`, person)).toEqual({})
})
