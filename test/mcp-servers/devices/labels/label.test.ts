import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import {
  type Bitmap,
  blankBitmap,
  isBlack,
  turnAnticlockwise,
  turnClockwise,
} from '../../../../mcp-servers/devices/labels/bitmap.ts'
import { bitmapPng } from '../../../../mcp-servers/devices/labels/bitmap-png.ts'
import { type LabelMedia, mmToDots } from '../../../../mcp-servers/devices/labels/label-media.ts'
import { type LabelFacts, labelSvg } from '../../../../mcp-servers/devices/labels/label-svg.ts'
import { fitText } from '../../../../mcp-servers/devices/labels/label-text.ts'
import { labelMedia, mediaById } from '../../../../mcp-servers/devices/labels/media.ts'
import { rasterise } from '../../../../mcp-servers/devices/labels/rasterise.ts'
import { labelTemplates } from '../../../../mcp-servers/devices/labels/template.ts'
import { labelFacts } from '../../../support/open-devices.ts'
import { differentDots, dots, pngBitmap } from '../../../support/png-bitmap.ts'
import { readCodes } from '../../../support/read-code.ts'

const goldens = join(import.meta.dirname, '../../../fixtures/labels')

function medium(id: string): LabelMedia {
  const media = mediaById(id)
  if (!media) throw new Error(`no medium ${id}`)
  return media
}

function isTurned(media: LabelMedia): boolean {
  return labelTemplates[media.template].rotationDegrees === 90 && media.kind !== 'page'
}

/** As a person reads it. */
function upright(facts: LabelFacts, media: LabelMedia): Bitmap {
  const bitmap = rasterise(labelSvg(facts, media), media)
  return isTurned(media) ? turnAnticlockwise(bitmap) : bitmap
}

const approved = [
  ...['12', '17x87', '23x23', '29x42', '29x90', '62', 'd24'],
  ...['40x30-203', '50x30-203', '50x30-300', '100x50-203', '100x150-203'],
  ...['niimbot-50x30', 'niimbot-12x40', 'receipt-58', 'page-62x29'],
]

describe('a label', () => {
  test.each<[string, LabelFacts]>([
    ...approved.map((id): [string, LabelFacts] => [id, labelFacts('HW-00001')]),
    ['62x29', { ...labelFacts('HW-00002'), sample: true }],
  ])('on %s looks exactly like its approved picture', async (id, facts) => {
    const name = `${id}${facts.sample ? '-sample' : ''}.png`
    const golden = await pngBitmap(await readFile(join(goldens, name)))
    expect(differentDots(upright(facts, medium(id)), golden)).toBe(0)
  })

  test.each(labelMedia.map((media) => [media.id, media] as const))(
    'on %s carries a code that a scanner reads as the address of the record',
    async (_id, media) => {
      const facts = labelFacts('HW-00042')
      const white = isTurned(media)
        ? { across: media.whiteDots.along, along: media.whiteDots.across }
        : media.whiteDots
      const png = bitmapPng(upright(facts, media), media.dotsPerInch)
      expect(await readCodes(png, white)).toEqual([media.id === 'd12' ? facts.tag : facts.url])
    },
  )

  test('with an address too long for narrow tape carries the bare tag instead of an unreadable code', async () => {
    const media = medium('12')
    const facts = { ...labelFacts('HW-00042'), url: `https://${'long-name.'.repeat(12)}example/a/HW-00042` }
    const white = { across: media.whiteDots.along, along: media.whiteDots.across }
    expect(await readCodes(bitmapPng(upright(facts, media), 300), white)).toEqual(['HW-00042'])
  })

  test('fills the printable area of its medium exactly', () => {
    for (const media of labelMedia) {
      const bitmap = rasterise(labelSvg(labelFacts('HW-00001'), media), media)
      expect([media.id, bitmap.widthDots]).toEqual([media.id, media.widthDots])
      if (media.lengthDots > 0) expect([media.id, bitmap.heightDots]).toEqual([media.id, media.lengthDots])
    }
  })

  test('says SAMPLE when it is one, and only then', () => {
    const media = medium('62')
    const real = labelSvg(labelFacts('HW-00001'), media)
    const sample = labelSvg({ ...labelFacts('HW-00001'), sample: true }, media)
    const blackShare = (svg: string) => {
      const bitmap = rasterise(svg, media)
      return dots(bitmap).split('1').length
    }
    expect(blackShare(sample)).toBeGreaterThan(blackShare(real) + 5000)
  })

  test('needs no font where it is shown: all text is outlines', () => {
    const svg = labelSvg(labelFacts('HW-00001'), medium('62'))
    expect(svg).not.toContain('<text')
    expect(svg).not.toContain('http://192.168.1.20')
  })

  test('never runs over its edge, whatever the record says', () => {
    const anyText = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.stringMatching(/^[W@ ]{0,90}$/),
    )
    fc.assert(
      fc.property(
        anyText,
        anyText,
        fc.constantFrom('62', '12', '29x90', 'page-50x25'),
        fc.boolean(),
        (name, specLine, id, sample) => {
          const media = medium(id)
          const bitmap = upright({ ...labelFacts('HW-00001'), name, specLine, sample }, media)
          const marginDots = mmToDots(labelTemplates[media.template].marginMm, media.dotsPerInch)
          expect(blackInRightMargin(bitmap, marginDots - 1)).toBe(0)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('shows markup in a record as the characters that it is', () => {
    const media = medium('62')
    const withMarkup = { ...labelFacts('HW-00001'), name: '<image href="file:///etc/passwd"/>&amp;' }
    expect(labelSvg(withMarkup, media)).not.toContain('image')
  })
})

describe('text that is too long', () => {
  const sizes = { sizeDots: 40, smallestDots: 24, widthDots: 300 }

  test('gets smaller first', () => {
    expect(fitText('HP ProDesk 600 G3 DM', 'sans', sizes)).toMatchObject({ text: 'HP ProDesk 600 G3 DM' })
    expect(fitText('HP ProDesk 600 G3 DM', 'sans', sizes).sizeDots).toBeLessThan(40)
  })

  test('is then cut with an ellipsis, at the smallest size', () => {
    const fitted = fitText('A name that is far too long for one line of a label', 'sans', sizes)
    expect(fitted.text).toMatch(/^A name that.*…$/)
    expect(fitted.sizeDots).toBe(24)
  })

  test('stays as it is when it fits', () => {
    expect(fitText('short', 'sans', sizes)).toEqual({ text: 'short', sizeDots: 40 })
  })
})

describe('a bitmap', () => {
  const anyBitmap = fc
    .record({ widthDots: fc.integer({ min: 1, max: 40 }), heightDots: fc.integer({ min: 1, max: 20 }) })
    .chain(({ widthDots, heightDots }) =>
      fc
        .array(fc.boolean(), { minLength: widthDots * heightDots, maxLength: widthDots * heightDots })
        .map((flags) => {
          const bitmap = blankBitmap(widthDots, heightDots)
          flags.forEach((flag, at) => {
            const row = bitmap.rows[Math.floor(at / widthDots)]
            const x = at % widthDots
            if (row && flag) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7))
          })
          return bitmap
        }),
    )

  test('is the same after a quarter turn and back', () => {
    fc.assert(
      fc.property(anyBitmap, (bitmap) => {
        expect(dots(turnAnticlockwise(turnClockwise(bitmap)))).toBe(dots(bitmap))
      }),
    )
  })

  test('turned clockwise has its upper edge at the right', () => {
    const bitmap = blankBitmap(3, 2)
    const top = bitmap.rows[0]
    if (top) top[0] = 0b1110_0000
    expect(dots(turnClockwise(bitmap))).toBe('01\n01\n01')
  })

  test('comes back dot by dot from its PNG, which says its resolution', async () => {
    await fc.assert(
      fc.asyncProperty(anyBitmap, async (bitmap) => {
        expect(dots(await pngBitmap(bitmapPng(bitmap, 300)))).toBe(dots(bitmap))
      }),
      { numRuns: 30 },
    )
    const { density } = await sharp(bitmapPng(blankBitmap(8, 8), 300)).metadata()
    expect(density).toBe(300)
  })
})

function blackInRightMargin(bitmap: Bitmap, marginDots: number): number {
  let black = 0
  for (let y = 0; y < bitmap.heightDots; y += 1) {
    for (let x = bitmap.widthDots - marginDots; x < bitmap.widthDots; x += 1) {
      if (isBlack(bitmap, x, y)) black += 1
    }
  }
  return black
}
