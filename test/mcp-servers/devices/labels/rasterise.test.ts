import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import { type Bitmap, blankBitmap, isBlack } from '../../../../mcp-servers/devices/labels/bitmap.ts'
import { fillOutline } from '../../../../mcp-servers/devices/labels/fill-outline.ts'
import type { LabelMedia } from '../../../../mcp-servers/devices/labels/label-media.ts'
import { type LabelFacts, labelSvg } from '../../../../mcp-servers/devices/labels/label-svg.ts'
import { labelMedia } from '../../../../mcp-servers/devices/labels/media.ts'
import { edgesOf } from '../../../../mcp-servers/devices/labels/outline.ts'
import { rasterise } from '../../../../mcp-servers/devices/labels/rasterise.ts'
import { labelTemplates } from '../../../../mcp-servers/devices/labels/template.ts'
import { dots } from '../../../support/png-bitmap.ts'

const facts: LabelFacts = {
  tag: 'HW-00042',
  name: 'Ångström & Søn: ½ “Øvre” <Ω> in the cupboard below the stairs',
  specLine: 'i5-7500T · 16 GB · 256 GB SSD · Intel I219-LM',
  url: 'http://192.168.1.20:4610/a/HW-00042',
  sample: false,
}

/** Of 255; what lies between is covered by about half, and two renderers may round it to either side. */
const clearlyBlack = 64
const clearlyWhite = 191

/** Dots that another renderer shows plainly white where the label is black, or the other way round. */
function wrongDots(svg: string, media: LabelMedia): string[] {
  const bitmap = rasterise(svg, media)
  const drawn = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const { pixels } = drawn
  const isTurned = labelTemplates[media.template].rotationDegrees === 90 && media.kind !== 'page'
  const wrong: string[] = []
  for (let y = 0; y < drawn.height; y += 1)
    for (let x = 0; x < drawn.width; x += 1) {
      const grey = pixels[(y * drawn.width + x) * 4] ?? 0
      const black = isTurned ? isBlack(bitmap, drawn.height - 1 - y, x) : isBlack(bitmap, x, y)
      if (black ? grey > clearlyWhite : grey < clearlyBlack) wrong.push(`${x}, ${y}: ${grey}`)
    }
  return wrong
}

function filled(outline: string, bitmap: Bitmap, colour: 'black' | 'white' = 'black'): string {
  fillOutline(
    bitmap,
    edgesOf(outline, (point) => point),
    colour,
  )
  return dots(bitmap)
}

describe('a label in printer dots', () => {
  test.each(labelMedia.map((media) => [media.id, media] as const))(
    'on %s is what another renderer draws, but for dots that are about half covered',
    (_id, media) => {
      for (const sample of [false, true])
        expect(wrongDots(labelSvg({ ...facts, sample }, media), media)).toEqual([])
    },
  )

  test.each([
    '<g transform="rotate(90)">',
    '<rect width="9" height="9"/>',
    '<path fill="#808080" stroke="none" d="M 0 0 L 9 0 L 9 9 Z"/>',
    '<path fill="#000000" stroke="none" transform="scale(2)" d="M 0 0 L 9 0 L 9 9 Z"/>',
  ])('with %s in its drawing is an error, never a label without it', (part) => {
    const [media] = labelMedia
    if (!media) throw new Error('There is no medium')
    const svg = labelSvg(facts, media).replace('</svg>', `${part}</svg>`)
    expect(() => rasterise(svg, media)).toThrow('has a part that is not drawn')
  })
})

describe('an outline', () => {
  test('blackens the dots that it covers by half or more', () => {
    expect(filled('M 0.5 0 L 2.4 0 L 2.4 1 L 0.5 1 Z', blankBitmap(4, 1))).toBe('1100')
    expect(filled('M 0 0.6 L 2 0.6 L 2 2.5 L 0 2.5 Z', blankBitmap(2, 4))).toBe('00\n11\n11\n00')
  })

  test('leaves a counter white, which runs the other way round', () => {
    const ring = 'M 0 0 L 4 0 L 4 3 L 0 3 Z M 1 1 L 1 2 L 3 2 L 3 1 Z'
    expect(filled(ring, blankBitmap(4, 3))).toBe('1111\n1001\n1111')
  })

  test('follows a curve', () => {
    expect(filled('M 0 4 Q 0 0 4 0 L 4 4 Z', blankBitmap(4, 4))).toBe('0011\n0111\n1111\n1111')
  })

  test('is cut at the edges of the label, with what lies within still in its place', () => {
    expect(filled('M -3 -2 L 2 -2 L 2 1 L -3 1 Z', blankBitmap(4, 2))).toBe('1100\n0000')
    expect(filled('M 3 1 L 9 1 L 9 9 L 3 9 Z', blankBitmap(4, 2))).toBe('0000\n0001')
    expect(filled('M -4 0 L 4 2 L -4 2 Z', blankBitmap(4, 2))).toBe('0000\n1100')
  })

  test('in white takes black away', () => {
    const bitmap = blankBitmap(4, 1)
    filled('M 0 0 L 4 0 L 4 1 L 0 1 Z', bitmap)
    expect(filled('M 1 0 L 3 0 L 3 1 L 1 1 Z', bitmap, 'white')).toBe('1001')
  })

  test('with a part that is not drawn is an error, never a label without it', () => {
    expect(() => filled('M 0 0 C 1 1 2 2 3 3 Z', blankBitmap(4, 4))).toThrow('not drawn: C')
  })
})
