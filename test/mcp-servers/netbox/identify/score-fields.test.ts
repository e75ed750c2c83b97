import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  conflictAdvice,
  describeStanding,
} from '../../../../mcp-servers/netbox/identify/describe-standing.ts'
import { scoreFields } from '../../../../mcp-servers/netbox/identify/score-fields.ts'
import {
  type Evidence,
  evidenceKinds,
  fieldNames,
  type ScoredField,
} from '../../../../mcp-servers/netbox/intake/item.ts'

let rows = 0
function row(part: Partial<Evidence>): Evidence {
  rows += 1
  return {
    id: String(rows).padStart(26, '0'),
    itemId: 'item',
    field: 'serial',
    value: 'X1Y2Z34567',
    kind: 'read',
    source: 'OCR',
    quote: 'S/N: X1Y2Z34567',
    syntax: 'labelled',
    readerConfidence: 0.9,
    attachmentId: null,
    box: null,
    createdAtMs: rows,
    ...part,
  }
}

function serial(evidence: Evidence[]): ScoredField {
  const field = scoreFields(evidence).find((scored) => scored.field === 'serial')
  if (!field) throw new Error('serial was not scored')
  return field
}

const values = fc.constantFrom('X1Y2Z34567', 'XIY2Z34567', 'QQ88112233', 'K0', '78:8A:20:12:34:56', 'Dell')
const anyRow = (kinds: readonly Evidence['kind'][]) =>
  fc
    .record({
      field: fc.constantFrom(...fieldNames),
      value: values,
      kind: fc.constantFrom(...kinds),
      source: fc.constantFrom('OCR', 'Code 128', 'Gemma', 'Qwen'),
      syntax: fc.constantFrom('checked', 'labelled', 'shaped', 'plain'),
      readerConfidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      createdAtMs: fc.integer({ min: 0, max: 5 }),
    } as const)
    .map((part) => row(part))
const serverKinds = ['decoded', 'read', 'catalogue', 'derived'] as const

describe('caps', () => {
  test('no amount of what models say passes 0.69', () => {
    fc.assert(
      fc.property(fc.array(anyRow(['said']), { maxLength: 40 }), (said) => {
        for (const field of scoreFields(said)) expect(field.probability).toBeLessThanOrEqual(0.69)
      }),
    )
  })

  test('what models say never raises a field over what the evidence of code gives', () => {
    fc.assert(
      fc.property(
        fc.array(anyRow(serverKinds), { maxLength: 12 }),
        fc.array(anyRow(['said']), { maxLength: 12 }),
        (server, said) => {
          const alone = scoreFields(server)
          for (const [place, field] of scoreFields([...server, ...said]).entries()) {
            const before = alone[place]
            const most = before?.value === null ? 0.69 : (before?.probability ?? 0)
            expect(field.probability).toBeLessThanOrEqual(most)
            if (before?.value !== null) expect(field.value).toBe(before?.value)
          }
        },
      ),
    )
  })

  test('without hard evidence 0.69, in a conflict 0.5, and 1 only by a person', () => {
    fc.assert(
      fc.property(fc.array(anyRow(evidenceKinds), { maxLength: 20 }), (evidence) => {
        for (const field of scoreFields(evidence)) {
          const decided = field.evidence.some((one) => one.kind === 'operator')
          const hard = field.evidence.some(
            (one) =>
              (one.kind === 'decoded' && (one.syntax === 'checked' || one.syntax === 'labelled')) ||
              ((one.kind === 'read' || one.kind === 'catalogue') && one.syntax === 'checked'),
          )
          if (decided) expect(field.probability).toBe(1)
          else expect(field.probability).toBeLessThan(1)
          if (!decided && !hard) expect(field.probability).toBeLessThanOrEqual(0.69)
          if (field.conflict) expect(field.probability).toBeLessThanOrEqual(0.5)
        }
      }),
    )
  })

  test('the order of the evidence does not matter', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyRow(evidenceKinds), { maxLength: 15 })
          .chain((evidence) =>
            fc.tuple(fc.constant(evidence), fc.shuffledSubarray(evidence, { minLength: evidence.length })),
          ),
        ([evidence, shuffled]) => {
          expect(scoreFields(shuffled)).toEqual(scoreFields(evidence))
        },
      ),
    )
  })
})

test('a decoded value is not overwritten by OCR or a model', () => {
  const decoded = row({ kind: 'decoded', source: 'Code 128', readerConfidence: null })
  const field = serial([
    row({ value: 'XIY2Z34S67' }),
    row({ value: 'XIY2Z34567', kind: 'said', source: 'Gemma' }),
    decoded,
  ])
  expect([field.value, field.conflict]).toEqual(['X1Y2Z34567', false])
  expect(field.probability).toBeGreaterThan(0.95)
})

test('a confident OCR of another serial contradicts a decoded one; a garbled one does not', () => {
  const decoded = row({ kind: 'decoded', source: 'Code 128', readerConfidence: null })
  expect(serial([decoded, row({ value: 'QQ88112233' })]).probability).toBeLessThanOrEqual(0.5)
  expect(serial([decoded, row({ value: 'QQ88112233', readerConfidence: 0.4 })]).conflict).toBe(false)
  expect(serial([decoded, row({ value: 'X1V2234S57' })]).conflict).toBe(false)
})

test('a model that contradicts an uncertain reading makes a conflict', () => {
  const field = serial([row({}), row({ value: 'QQ88112233', kind: 'said', source: 'Gemma' })])
  expect([field.value, field.conflict, field.probability]).toEqual(['X1Y2Z34567', true, 0.5])
})

test('a person’s last word decides, over a decoded code too', () => {
  const field = serial([
    row({ kind: 'decoded', source: 'Code 128' }),
    row({ kind: 'operator', source: 'operator', value: 'FIRST-1', createdAtMs: 10_000 }),
    row({ kind: 'operator', source: 'operator', value: 'LAST-2', createdAtMs: 20_000 }),
  ])
  expect([field.value, field.probability, describeStanding(field)]).toEqual(['LAST-2', 1, 'you'])
})

test('every field is scored, in a fixed order, unknown ones without a value', () => {
  const fields = scoreFields([])
  expect(fields.map(({ field }) => field)).toEqual([...fieldNames])
  expect(fields.every(({ value, probability }) => value === null && probability === 0)).toBe(true)
})

test('what only a model says is called that', () => {
  expect(describeStanding(serial([row({ kind: 'said', source: 'Gemma' })]))).toBe('said by a model only')
})

test('two decoded serials ask for one item at a time', () => {
  const field = serial([
    row({ kind: 'decoded', source: 'Code 128' }),
    row({ kind: 'decoded', source: 'Code 128', value: 'QQ88112233' }),
  ])
  expect(conflictAdvice(field)).toBe(
    'Two serial numbers were decoded. Photograph one item at a time, or choose the right one.',
  )
  expect(conflictAdvice(serial([row({})]))).toBeNull()
})
