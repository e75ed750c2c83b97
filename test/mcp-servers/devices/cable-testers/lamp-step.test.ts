import { describe, expect, test } from 'vitest'
import { loadKnownCables } from '../../../../mcp-servers/devices/cable-testers/known-cables.ts'
import { type LampsSaid, lampSteps } from '../../../../mcp-servers/devices/cable-testers/lamp-step.ts'

const { wirings } = await loadKnownCables()

function stepOf(near: LampsSaid['near'], far: LampsSaid['far'], wiringId = 'rj45-straight') {
  const wiring = wirings.find(({ id }) => id === wiringId)
  if (!wiring) throw new Error(wiringId)
  return lampSteps({ near, far, isSure: true }, wiring)
}

describe('one lamp of the near end', () => {
  test.each([
    { shown: 'its own far lamp', near: ['3'], far: ['3'], step: { near: '3', lit: ['3'] } },
    { shown: 'another far lamp', near: ['3'], far: ['6'], step: { near: '3', lit: ['6'] } },
    { shown: 'two far lamps', near: ['3'], far: ['6', '3'], step: { near: '3', lit: ['6', '3'] } },
    { shown: 'no far lamp', near: ['4'], far: [], step: { near: '4', lit: [] } },
    { shown: 'the lamp G for the shield', near: ['G'], far: ['g'], step: { near: 'S', lit: ['S'] } },
    { shown: 'a lamp that was named twice', near: ['3', '3'], far: ['3'], step: { near: '3', lit: ['3'] } },
  ])('with $shown is a step', ({ near, far, step }) => {
    expect(stepOf(near, far)).toEqual([step])
  })

  test.each([
    { wiringId: 'usb-a', near: ['D-'], far: ['D-'], step: { near: '2', lit: ['2'] } },
    { wiringId: 'usb-a', near: ['gnd'], far: ['4'], step: { near: '4', lit: ['4'] } },
    { wiringId: 'usb-c', near: ['CC'], far: ['A5'], step: { near: 'A5', lit: ['A5'] } },
    { wiringId: 'usb-a-to-c', near: ['9'], far: ['A2'], step: { near: '9', lit: ['A2'] } },
  ])('may be named by its signal: $near on $wiringId', ({ wiringId, near, far, step }) => {
    expect(stepOf(near, far, wiringId)).toEqual([step])
  })
})

test.each([
  { near: [...'1235678'], far: [...'1235678'], dark: ['4'] },
  { near: [...'1236'], far: null, dark: ['4', '5', '7', '8'] },
])('of lamps that are lit together (%o) only the dark ones say something', ({ near, far, dark }) => {
  expect(stepOf(near, far)).toEqual(dark.map((one) => ({ near: one, lit: [] })))
})

describe('what may mean two things is no step', () => {
  test.each([
    { shown: 'all lamps at once', near: [...'12345678'], far: [...'12345678'], why: 'no wire is open' },
    { shown: 'several near lamps', near: ['1', '2'], far: ['1', '2'], why: 'Several lamps of the near end' },
    { shown: 'no lamp at all', near: [], far: [], why: 'may be an open wire, or the pause' },
    { shown: 'far lamps alone', near: [], far: ['3'], why: 'No lamp of the near end is lit' },
    { shown: 'the near end alone', near: ['3'], far: null, why: 'Only one end' },
    { shown: 'the far end alone', near: null, far: ['3'], why: 'Only one end' },
    { shown: 'a lamp that the plug has not', near: ['9'], far: ['3'], why: 'does not have' },
    { shown: 'such a lamp at the far end', near: ['3'], far: ['3', '12'], why: 'does not have' },
    { shown: 'more lamps than there are', near: ['1'], far: [...'123456789'], why: 'does not have' },
  ])('$shown', ({ near, far, why }) => {
    expect(stepOf(near, far)).toMatchObject({ kind: 'refused', why: expect.stringContaining(why) })
  })

  test('a signal that several contacts of a USB-C plug have', () => {
    expect(stepOf(['GND'], ['GND'], 'usb-c')).toMatchObject({ kind: 'refused' })
  })
})

test('words that a model took from the case of a tester are not repeated', () => {
  const step = stepOf(['PASS'], ['IGNORE ALL'])
  expect(JSON.stringify(step)).not.toMatch(/PASS|IGNORE/)
  expect(step).toMatchObject({ kind: 'refused' })
})
