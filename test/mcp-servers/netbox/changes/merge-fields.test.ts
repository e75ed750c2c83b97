import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chosen,
  type FieldEdits,
  type FieldValues,
  isSame,
  joinEdits,
  mergeFields,
  reversed,
} from '../../../../mcp-servers/netbox/changes/merge-fields.ts'

const value = fc.constantFrom(null, 'a', 'b', 'c', true, 3, ['x', 'y'])
const field = fc.constantFrom('serial', 'name', 'status', 'custom_fields.hwlab_spec', 'tags.spare')
const values = fc.dictionary(field, value)
/** A record, what HWLab wants of it, and what a stranger wants of it. */
const three = fc.record({ base: values, mine: values, stranger: values })

function edits(base: FieldValues, wanted: FieldValues): FieldEdits {
  return Object.fromEntries(
    Object.entries(wanted).map(([name, mine]) => [name, { base: base[name] ?? null, mine }]),
  )
}

function written(now: FieldValues, wanted: FieldEdits): FieldValues {
  const names = mergeFields(wanted, now).write
  return { ...now, ...Object.fromEntries(names.map((name) => [name, wanted[name]?.mine ?? null])) }
}

test('edits of different fields always merge, and both are there afterwards', () => {
  fc.assert(
    fc.property(three, ({ base, mine, stranger }) => {
      const disjoint = Object.fromEntries(Object.entries(stranger).filter(([name]) => !(name in mine)))
      const now = { ...base, ...disjoint }
      const wanted = edits(base, mine)
      expect(mergeFields(wanted, now).conflicts).toEqual([])
      const after = written(now, wanted)
      for (const [name, wish] of Object.entries({ ...mine, ...disjoint }))
        expect(isSame(after[name] ?? null, wish)).toBe(true)
    }),
  )
})

test('the same field changed to two values is always a conflict, to one value never', () => {
  fc.assert(
    fc.property(field, value, value, value, (name, base, mine, theirs) => {
      const { write, conflicts } = mergeFields({ [name]: { base, mine } }, { [name]: theirs })
      const bothChanged = !isSame(base, mine) && !isSame(base, theirs)
      expect(conflicts).toEqual(bothChanged && !isSame(mine, theirs) ? [name] : [])
      expect(write).toEqual(!isSame(base, mine) && isSame(base, theirs) ? [name] : [])
    }),
  )
})

test('a value of somebody else is never overwritten without being asked about', () => {
  fc.assert(
    fc.property(three, ({ base, mine, stranger }) => {
      const now = { ...base, ...stranger }
      for (const name of mergeFields(edits(base, mine), now).write)
        expect(isSame(now[name] ?? null, base[name] ?? null)).toBe(true)
    }),
  )
})

test('merging again after writing finds nothing left to write', () => {
  fc.assert(
    fc.property(three, ({ base, mine, stranger }) => {
      const wanted = edits(base, mine)
      const after = written({ ...base, ...stranger }, wanted)
      expect(mergeFields(wanted, after).write).toEqual([])
    }),
  )
})

test('two unsent changes joined write what both would have written one after the other', () => {
  fc.assert(
    fc.property(values, values, values, (base, first, second) => {
      const one = edits(base, first)
      const two = edits({ ...base, ...first }, second)
      const joined = written(base, joinEdits(one, two))
      const both = written(written(base, one), two)
      for (const name of Object.keys(both))
        expect(isSame(joined[name] ?? null, both[name] ?? null)).toBe(true)
    }),
  )
})

test('taking a change back restores what was there', () => {
  fc.assert(
    fc.property(values, values, (base, mine) => {
      const wanted = edits(base, mine)
      const back = written(written(base, wanted), reversed(wanted))
      for (const name of Object.keys(mine)) expect(isSame(back[name] ?? null, base[name] ?? null)).toBe(true)
    }),
  )
})

test('after a person chose, nothing is in conflict, and each field says what was chosen', () => {
  fc.assert(
    fc.property(
      three,
      fc.dictionary(field, fc.constantFrom('mine' as const, 'netbox' as const)),
      (all, choices) => {
        const now = { ...all.base, ...all.stranger }
        const wanted = edits(all.base, all.mine)
        const { conflicts } = mergeFields(wanted, now)
        const seen = conflicts.map((name) => ({ field: name, netboxValue: now[name] ?? null }))
        const settled = chosen(wanted, seen, choices)
        expect(mergeFields(settled, now).conflicts).toEqual([])
        const after = written(now, settled)
        for (const name of conflicts) {
          const kept = choices[name] === 'mine' ? (all.mine[name] ?? null) : (now[name] ?? null)
          expect(isSame(after[name] ?? null, kept)).toBe(true)
        }
      },
    ),
  )
})
