import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeSlot, type Mounted } from '../../../../mcp-servers/netbox/placement/rack-space.ts'
import { anyFrame, everySlot, halves } from './every-slot.ts'

function mounted(position: number, facts: Partial<Mounted> = {}): Mounted {
  return { position, heightUnits: 1, isFullDepth: true, face: 'front', ...facts }
}

test('the lowest unit of the tightest gap is taken', () => {
  const frame = { firstUnit: 1, heightUnits: 10, reserved: [], mounted: [mounted(5), mounted(8)] }
  expect(freeSlot(frame, { heightUnits: 2, isFullDepth: true })).toEqual({
    unit: 6,
    face: 'front',
    gapUnits: 2,
  })
  expect(freeSlot(frame, { heightUnits: 4, isFullDepth: true })).toMatchObject({ unit: 1 })
  expect(freeSlot(frame, { heightUnits: 5, isFullDepth: true })).toBeNull()
})

test('a shallow thing fits behind another one, a deep one does not', () => {
  const frame = {
    firstUnit: 1,
    heightUnits: 1,
    reserved: [],
    mounted: [mounted(1, { isFullDepth: false, face: 'front' })],
  }
  expect(freeSlot(frame, { heightUnits: 1, isFullDepth: false })).toMatchObject({ unit: 1, face: 'rear' })
  expect(freeSlot(frame, { heightUnits: 1, isFullDepth: true })).toBeNull()
})

test('a thing whose face is not recorded takes both', () => {
  const frame = {
    firstUnit: 1,
    heightUnits: 1,
    reserved: [],
    mounted: [mounted(1, { isFullDepth: false, face: null })],
  }
  expect(freeSlot(frame, { heightUnits: 1, isFullDepth: false })).toBeNull()
})

test('a half unit is used by a half-high thing; a whole one keeps to whole units', () => {
  const frame = { firstUnit: 1, heightUnits: 3, reserved: [3], mounted: [mounted(1, { heightUnits: 0.5 })] }
  expect(freeSlot(frame, { heightUnits: 0.5, isFullDepth: true })).toMatchObject({ unit: 1.5 })
  expect(freeSlot(frame, { heightUnits: 1.5, isFullDepth: true })).toMatchObject({ unit: 1.5 })
  expect(freeSlot(frame, { heightUnits: 1, isFullDepth: true })).toMatchObject({ unit: 2 })
})

test('numbers begin where the rack says, and reserved units stay free', () => {
  const frame = { firstUnit: 20, heightUnits: 3, reserved: [20], mounted: [mounted(22)] }
  expect(freeSlot(frame, { heightUnits: 1, isFullDepth: true })).toMatchObject({ unit: 21 })
  expect(freeSlot(frame, { heightUnits: 2, isFullDepth: true })).toBeNull()
})

test('whatever is mounted, a place is offered exactly where there is one', () => {
  fc.assert(
    fc.property(anyFrame, halves(5), fc.boolean(), (frame, heightUnits, isFullDepth) => {
      const slots = everySlot(frame, { heightUnits, isFullDepth })
      const slot = freeSlot(frame, { heightUnits, isFullDepth })
      if (slot) expect(slots).toContain(`${slot.unit} ${slot.face}`)
      else expect(slots).toEqual([])
    }),
    { numRuns: 1000 },
  )
})
