import { expect, test } from 'vitest'
import { believeSightings, type Sighting } from '../../../../mcp-servers/netbox/photo/code-sightings.ts'

function sighting(changes: Partial<Sighting>): Sighting {
  return {
    text: 'ABC12345',
    symbology: 'Code 128',
    corners: [
      { x: 100, y: 100 },
      { x: 500, y: 100 },
      { x: 500, y: 160 },
      { x: 100, y: 160 },
    ],
    rotationDegrees: 0,
    pass: 1,
    lineCount: 20,
    ...changes,
  }
}
const textsOf = (sightings: Sighting[]) => believeSightings(sightings).map((code) => code.text)

test('a Code 128 that many lines agree on counts at once', () => {
  expect(textsOf([sighting({})])).toEqual(['ABC12345'])
})

test.each(['Code 39', 'ITF', 'Codabar', 'EAN-13'])(
  'a %s seen in one pass only does not count',
  (symbology) => {
    const once = sighting({ symbology, text: '12345678' })
    expect(textsOf([once])).toEqual([])
    expect(textsOf([once, { ...once, pass: 2 }])).toEqual(['12345678'])
  },
)

test('short texts of codes without a check digit are ghosts', () => {
  const short = sighting({ symbology: 'ITF', text: '123456' })
  expect(textsOf([short, { ...short, pass: 2 }])).toEqual([])
})

test('two texts that compete for one spot both lose, unless one is seen at least twice as often', () => {
  const other = sighting({ text: 'ABC1234S', pass: 2 })
  expect(textsOf([sighting({}), other])).toEqual([])
  expect(textsOf([sighting({}), sighting({ pass: 3 }), other])).toEqual(['ABC12345'])
})

test('the same code seen in several passes, on different scan lines, is one code', () => {
  const line = (y: number) => [
    { x: 100, y },
    { x: 500, y },
    { x: 500, y: y + 4 },
    { x: 100, y: y + 4 },
  ]
  const [code, ...more] = believeSightings([
    sighting({ corners: line(100) }),
    sighting({ corners: line(125), pass: 2 }),
  ])
  expect(more).toEqual([])
  expect(code?.seenAt.map((corner) => corner.y)).toContain(129)
})

test('the same text at two places is two codes', () => {
  const below = sighting({ corners: sighting({}).corners.map(({ x, y }) => ({ x, y: y + 300 })), pass: 2 })
  expect(textsOf([sighting({}), below])).toHaveLength(2)
})
