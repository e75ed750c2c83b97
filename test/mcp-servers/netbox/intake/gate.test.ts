import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type GateCause,
  gate,
  judge,
  nextState,
  trustedProbability,
  valuesRead,
} from '../../../../mcp-servers/netbox/intake/gate.ts'
import {
  type Evidence,
  type EvidenceKind,
  evidenceKinds,
  type FieldName,
  gateStates,
  type ScoredField,
} from '../../../../mcp-servers/netbox/intake/item.ts'

const causes: GateCause[] = ['read', 'identified', 'doubtful', 'written', 'set-back']

describe('the table of moves', () => {
  test('has these moves and no other', () => {
    const moves = gateStates.flatMap((from) =>
      causes.flatMap((cause) => {
        const to = nextState(from, cause)
        return to === null ? [] : [`${from} -${cause}-> ${to}`]
      }),
    )
    expect(moves).toEqual([
      'draft -read-> indexed',
      'indexed -identified-> researched',
      'indexed -doubtful-> needs_research',
      'indexed -set-back-> draft',
      'needs_research -identified-> researched',
      'needs_research -set-back-> draft',
      'researched -doubtful-> needs_research',
      'researched -written-> complete',
      'researched -set-back-> draft',
      'complete -set-back-> draft',
    ])
  })

  test('leads to complete only by a record that was read back', () => {
    const waysIn = gateStates.flatMap((from) =>
      causes.filter((cause) => nextState(from, cause) === 'complete').map((cause) => ({ from, cause })),
    )
    expect(waysIn).toEqual([{ from: 'researched', cause: 'written' }])
  })

  test('says every state in words', () => {
    for (const state of gateStates) expect(gate[state].words).not.toMatch(/_/)
  })
})

describe('the verdict', () => {
  test('lets a thing through whose manufacturer and model were read and are in the catalogue', () => {
    const fields = [scored('manufacturer', 'Acme', 0.9, ['catalogue']), scored('model', 'X1', 0.9, ['read'])]
    expect(judge(fields, 0.7)).toEqual({ kind: 'identified' })
  })

  test('holds back a thing whose model is under the threshold', () => {
    const fields = [scored('manufacturer', 'Acme', 0.9, ['read']), scored('model', 'X1', 0.69, ['read'])]
    expect(judge(fields, 0.7)).toEqual({
      kind: 'doubtful',
      doubts: [{ kind: 'weak', field: 'model', value: 'X1' }],
    })
  })

  test('holds back a thing with two serial numbers, however sure its model is', () => {
    const serial = { ...scored('serial', 'A1', 0.99, ['decoded']), conflict: true }
    const other = row('serial', 'B2', 'decoded')
    const fields = [
      scored('manufacturer', 'Acme', 1, ['operator']),
      scored('model', 'X1', 1, ['operator']),
      { ...serial, evidence: [...serial.evidence, other] },
    ]
    expect(judge(fields, 0.7)).toEqual({
      kind: 'doubtful',
      doubts: [{ kind: 'conflict', field: 'serial', values: ['A1', 'B2'] }],
    })
  })

  test('does not count hard evidence for another value', () => {
    const model: ScoredField = {
      ...scored('model', 'X1', 0.99, ['said']),
      evidence: [row('model', 'X1', 'said'), row('model', 'Y2', 'decoded')],
    }
    expect(trustedProbability(model)).toBe(0.69)
    expect(judge([scored('manufacturer', 'Acme', 1, ['decoded']), model], 0.7).kind).toBe('doubtful')
  })

  test('never passes on what models said, whatever the scores and the threshold', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.constantFrom<EvidenceKind>(...evidenceKinds), { maxLength: 4 }),
        (threshold, ofManufacturer, ofModel, kinds) => {
          const fields = [
            scored('manufacturer', 'Acme', ofManufacturer, kinds),
            scored('model', 'X1', ofModel, ['said', 'said']),
          ]
          expect(judge(fields, threshold).kind).toBe('doubtful')
        },
      ),
    )
  })
})

test('values that differ only in case and marks are one value', () => {
  const field = {
    ...scored('serial', 'AB-12', 0.9, ['read']),
    evidence: [row('serial', 'ab12', 'read'), row('serial', 'AB13', 'read')],
  }
  expect(valuesRead(field)).toEqual(['AB-12', 'AB13'])
})

function scored(field: FieldName, value: string, probability: number, kinds: EvidenceKind[]): ScoredField {
  return {
    field,
    value,
    probability,
    conflict: false,
    evidence: kinds.map((kind) => row(field, value, kind)),
  }
}

function row(field: FieldName, value: string, kind: EvidenceKind): Evidence {
  return {
    id: `${field}-${value}-${kind}`,
    itemId: 'item',
    field,
    value,
    kind,
    source: 'test',
    quote: value,
    syntax: 'plain',
    readerConfidence: null,
    attachmentId: null,
    box: null,
    createdAtMs: 0,
  }
}
