import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitmapPng } from '../../../../mcp-servers/devices/labels/bitmap-png.ts'
import { labelSvg } from '../../../../mcp-servers/devices/labels/label-svg.ts'
import { rasterise } from '../../../../mcp-servers/devices/labels/rasterise.ts'
import { knownSheets } from '../../../../mcp-servers/devices/labels/sheets/known-sheets.ts'
import {
  type LabelPlace,
  type LabelSheet,
  labelPlaces,
  labelsOnPage,
  sheetMarginsMm,
  sheetMedia,
} from '../../../../mcp-servers/devices/labels/sheets/label-sheet.ts'
import { sheetPdf } from '../../../../mcp-servers/devices/labels/sheets/sheet-pdf.ts'
import { labelFacts, openDevicesLab } from '../../../support/open-devices.ts'
import { readCodes } from '../../../support/read-code.ts'

function sheetOf(id: string): LabelSheet {
  const sheet = knownSheets.find((one) => one.id === id)
  if (!sheet) throw new Error(`no sheet ${id}`)
  return sheet
}

const a4 = sheetOf('a4-63.5x38.1')
const pointsPerMm = 72 / 25.4

/** The drawing commands of each page, as pdfkit wrote them. */
function pagesOf(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf)
  const text = bytes.toString('latin1')
  return [...text.matchAll(/\/Length (\d+)[^>]*\/FlateDecode[^>]*>>\s*stream\r?\n/g)].map((match) => {
    const start = match.index + match[0].length
    return inflateSync(bytes.subarray(start, start + Number(match[1]))).toString('latin1')
  })
}

function pageSizes(pdf: Uint8Array): string[] {
  return [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/MediaBox \[([^\]]+)\]/g),
  ].map(([, box = '']) => box)
}

/** Where each label's drawing begins, in millimetres from the upper left corner: pdfkit counts from the top. */
function originsMm(page: string): { left: number; top: number }[] {
  return [...page.matchAll(/^1 0 0 1 ([\d.]+) ([\d.]+) cm$/gm)].map(([, x, y]) => ({
    left: Number(x) / pointsPerMm,
    top: Number(y) / pointsPerMm,
  }))
}

describe.each(knownSheets.map((sheet) => [sheet.id, sheet] as const))('the sheet %s', (_id, sheet) => {
  test('has its labels side by side, not on each other, and all of them on the page', () => {
    const { labelMm, pitchMm, pageMm } = sheet
    const margins = sheetMarginsMm(sheet)
    expect(pitchMm.across).toBeGreaterThanOrEqual(labelMm.width)
    expect(pitchMm.down).toBeGreaterThanOrEqual(labelMm.height)
    expect(margins.left).toBeGreaterThanOrEqual(0)
    expect(margins.top).toBeGreaterThanOrEqual(0)
    const last = labelPlaces(sheet, labelsOnPage(sheet), 0).at(-1)
    expect((last?.leftMm ?? 0) + labelMm.width).toBeCloseTo(pageMm.width - margins.left, 6)
    expect((last?.topMm ?? 0) + labelMm.height).toBeCloseTo(pageMm.height - margins.top, 6)
  })

  test('keeps what is printed 4 mm off the edge of the page, where printers do not print', () => {
    const margins = sheetMarginsMm(sheet)
    expect(Math.min(margins.left, margins.top) + sheet.insetMm).toBeGreaterThanOrEqual(4)
  })

  test('has room for the whole tag, to its last digit, and for a code that a scanner reads', async () => {
    const media = sheetMedia(sheet)
    const facts = { ...labelFacts('HW-00042'), url: 'http://hwlab.home.example:4610/a/HW-00042' }
    const bitmap = rasterise(labelSvg(facts, media), media)
    expect(await readCodes(bitmapPng(bitmap, media.dotsPerInch), media.whiteDots)).toEqual([facts.url])
    const other = labelSvg({ ...facts, tag: 'HW-00043' }, media)
    expect(labelSvg(facts, media)).not.toBe(other)
  })
})

describe('where labels land', () => {
  test('21 labels fill an A4 page row by row, to a hundredth of a millimetre', () => {
    const places = labelPlaces(a4, 22, 0)
    const hundredths = ({ page, leftMm, topMm }: LabelPlace) => [
      page,
      Math.round(leftMm * 100),
      Math.round(topMm * 100),
    ]
    const [first, second, , fourth] = places.map(hundredths)
    expect([first, second, fourth]).toEqual([
      [0, 725, 1515],
      [0, 7325, 1515],
      [0, 725, 5325],
    ])
    expect(places.slice(20).map(hundredths)).toEqual([
      [0, 13925, 24375],
      [1, 725, 1515],
    ])
  })

  test('skipped labels are left out on the first page and only there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...knownSheets),
        fc.integer({ min: 1, max: 120 }),
        fc.nat({ max: 200 }),
        (sheet, count, anySkip) => {
          const onPage = labelsOnPage(sheet)
          const skip = anySkip % onPage
          const full = labelPlaces(sheet, count + skip, 0)
          expect(labelPlaces(sheet, count, skip)).toEqual(full.slice(skip))
          expect(full.filter(({ page }) => page === 0).length).toBe(Math.min(onPage, count + skip))
        },
      ),
    )
  })
})

describe('the PDF of a sheet', () => {
  const facts = (count: number) =>
    Array.from({ length: count }, (_, index) => labelFacts(`HW-${String(index + 1).padStart(5, '0')}`))

  test('has each label at its place and at true size', async () => {
    const [page = ''] = pagesOf(await sheetPdf(facts(3), a4, 2))
    const expected = labelPlaces(a4, 3, 2).map(({ leftMm, topMm }) => ({
      left: leftMm + a4.insetMm,
      top: topMm + a4.insetMm,
    }))
    const found = originsMm(page)
    expect(found.length).toBe(3)
    found.forEach((origin, at) => {
      expect(origin.left).toBeCloseTo(expected[at]?.left ?? -1, 2)
      expect(origin.top).toBeCloseTo(expected[at]?.top ?? -1, 2)
    })
    // 300 dots are one inch, which is 72 points.
    expect(page.match(/^0\.24 0 0 0\.24 0 0 cm$/gm)?.length).toBe(3)
  })

  test('is A4 or US Letter, and goes on to a second page', async () => {
    const two = await sheetPdf(facts(3), a4, 20)
    expect(pageSizes(two)).toEqual(['0 0 595.275591 841.889764', '0 0 595.275591 841.889764'])
    expect(pagesOf(two).map((page) => originsMm(page).length)).toEqual([1, 2])
    const letter = await sheetPdf(facts(1), sheetOf('letter-66.7x25.4'), 0)
    expect(pageSizes(letter)).toEqual(['0 0 612 792'])
  })

  test('lets others have their turn while it is drawn', async () => {
    let turns = 0
    const drawing = sheetPdf(facts(20), a4, 0)
    const count = () => {
      turns += 1
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    await drawing
    clearImmediate(timer)
    expect(turns).toBeGreaterThanOrEqual(20)
  })

  test('draws outlines, no pictures', async () => {
    const pdf = Buffer.from(await sheetPdf(facts(1), a4, 0)).toString('latin1')
    expect(pdf).not.toContain('/Subtype /Image')
  })

  test('says how to print it where the page has room, and nothing where it has none', async () => {
    const withNote = Buffer.from(await sheetPdf(facts(1), a4, 0)).toString('latin1')
    const withoutRoom = Buffer.from(await sheetPdf(facts(1), sheetOf('a4-70x37'), 0)).toString('latin1')
    expect(withNote).toContain('/BaseFont /Helvetica')
    expect(withoutRoom).not.toContain('/BaseFont /Helvetica')
  })
})

describe('a label sheet that somebody asks for', () => {
  const wish = { tags: ['HW-00001'], sheetId: a4.id, skip: 0 }

  test('is drawn for confirmed records', async () => {
    await using lab = await openDevicesLab()
    const drawn = await lab.devices.labelSheet({ ...wish, tags: ['HW-00001', 'HW-00001'] })
    if (drawn.kind === 'refused') throw new Error(drawn.why)
    expect(pagesOf(drawn.value).map((page) => originsMm(page).length)).toEqual([2])
  })

  test('is refused by name for what is not confirmed yet, and then draws nothing', async () => {
    await using lab = await openDevicesLab()
    lab.records.set('HW-00002', { kind: 'waiting', why: 'HW-00002 is not recorded yet.' })
    expect(await lab.devices.labelSheet({ ...wish, tags: ['HW-00001', 'HW-00002', 'HW-00777'] })).toEqual({
      kind: 'refused',
      why: 'HW-00002 is not recorded yet. HW-00777 is not in the inventory, so it has no label.',
    })
  })

  test('names five tags that cannot be drawn and counts the others', async () => {
    await using lab = await openDevicesLab()
    const tags = Array.from({ length: 7 }, (_, at) => `HW-0010${at}`)
    const drawn = await lab.devices.labelSheet({ ...wish, tags })
    expect(drawn).toMatchObject({ kind: 'refused', why: expect.stringContaining('HW-00104') })
    expect(drawn).toMatchObject({ why: expect.stringMatching(/The same goes for 2 more\.$/) })
    expect(drawn).not.toMatchObject({ why: expect.stringContaining('HW-00105') })
  })

  test.each([
    [{ skip: 21 }, 'This sheet has 21 labels. Skip between 0 and 20 of them.'],
    [{ skip: -1 }, 'This sheet has 21 labels. Skip between 0 and 20 of them.'],
    [{ skip: 1.5 }, 'This sheet has 21 labels. Skip between 0 and 20 of them.'],
    [{ sheetId: 'a0' }, 'HWLab does not know this label sheet. Choose one from the list.'],
    [{ tags: [] }, 'Choose at least one item for the label sheet.'],
    [
      { tags: Array.from({ length: 401 }, () => 'HW-00001') },
      'These are more than 400 labels. Choose fewer at a time.',
    ],
  ])('with %o is refused with what to do', async (change, why) => {
    await using lab = await openDevicesLab()
    expect(await lab.devices.labelSheet({ ...wish, ...change })).toEqual({ kind: 'refused', why })
  })
})
