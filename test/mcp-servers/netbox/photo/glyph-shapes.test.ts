import { expect, test } from 'vitest'
import { settleByShape } from '../../../../mcp-servers/netbox/photo/glyph-shapes.ts'
import type { PlacedWord } from '../../../../mcp-servers/netbox/photo/word-votes.ts'

const capital = 30

/** A drawn line with a black block for every letter, as wide as given; 6 pixels between them. */
function drawn(widths: number[]) {
  const width = widths.reduce((sum, wide) => sum + wide + 6, 20)
  const pixels = new Uint8Array(width * 60).fill(255)
  let x = 10
  for (const wide of widths) {
    for (let y = 15; y < 45; y++) pixels.fill(0, y * width + x, y * width + x + wide)
    x += wide + 6
  }
  return { pixels, width, height: 60 }
}

function word(text: string): PlacedWord {
  return { text, confidence: 0.9, from: 0, to: 1, top: 0.2, bottom: 0.8 }
}

function settled(widths: number[], ...readings: string[]): string | undefined {
  const words = readings.map((text) => [word(text)])
  return settleByShape(words[0] ?? [], words, drawn(widths), capital)[0]?.text
}

test('a reading with as many letters as are drawn replaces one with a letter more', () => {
  expect(settled([18, 18, 18, 18, 18, 18], 'AB12341', 'AB1234')).toBe('AB1234')
})

test('a letter that was given twice is given once', () => {
  expect(settled([22, 18, 18, 18, 18], 'A45O03')).toBe('A4503')
  expect(settled([22, 18, 18, 18, 18], 'A47S83')).toBe('A4783')
})

test('in a proportional face a round letter as wide as the figures is a zero, one as wide as the capitals an O', () => {
  expect(settled([24, 24, 18, 18, 18, 27], 'AC23O0')).toBe('AC230O')
})

test('in a typewriter face, where both are as wide, the reading stays', () => {
  expect(settled([18, 18, 18, 18, 18, 18], 'AC23O0')).toBe('AC23O0')
})

test('letters that touch cannot be counted, and the reading stays', () => {
  expect(settled([18, 60, 18, 18], 'A123O0')).toBe('A123O0')
})
