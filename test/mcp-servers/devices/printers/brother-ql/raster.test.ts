import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bitmap, blankBitmap } from '../../../../../mcp-servers/devices/labels/bitmap.ts'
import { labelMedia, mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import {
  JobDecoder,
  type JobEvent,
} from '../../../../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import { qlModel, qlModels } from '../../../../../mcp-servers/devices/printers/brother-ql/models.ts'
import { qlOpening, qlPage } from '../../../../../mcp-servers/devices/printers/brother-ql/raster.ts'
import { hexFixture } from '../../../../support/hex-fixture.ts'
import { dots } from '../../../../support/png-bitmap.ts'

const rolls = labelMedia.filter((media) => media.kind !== 'page')

/** Random dots from a seed; length as the medium has it, short on tape. */
function noise(widthDots: number, heightDots: number, seed: number): Bitmap {
  const bitmap = blankBitmap(widthDots, heightDots)
  let state = seed || 1
  for (const row of bitmap.rows) {
    for (let at = 0; at < row.length; at += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      row[at] = seed % 3 === 0 ? 0 : (state >> 8) & 0xff
    }
    const spare = row.length * 8 - widthDots
    row[row.length - 1] = (row.at(-1) ?? 0) & (0xff << spare)
  }
  return bitmap
}

function inPieces(bytes: Uint8Array, pieceBytes: number): JobEvent[] {
  const decoder = new JobDecoder()
  const events: JobEvent[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes)
    events.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
  return events
}

describe('a Brother QL job', () => {
  test('gives the printer exactly the dots of the label, on every roll, model, and cut of the stream', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rolls),
        fc.constantFrom(...qlModels),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 5000 }),
        (media, model, seed, pieceBytes) => {
          const bitmap = noise(media.widthDots, media.lengthDots || 40, seed)
          const bytes = Buffer.concat([qlOpening(model), qlPage(bitmap, media, model)])
          const events = inPieces(bytes, pieceBytes)
          expect(events.map((event) => event.kind)).toEqual(['status-asked', 'page'])
          const [, last] = events
          if (last?.kind !== 'page') throw new Error('no page')
          expect(last.page).toMatchObject({ media, cutAtEnd: true, announcedRows: bitmap.heightDots })
          expect(dots(last.page.label)).toBe(dots(bitmap))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('announces the page as a real job does', () => {
    const [media, model] = [mediaById('62'), qlModel('QL-700')]
    if (!media || !model) throw new Error('tables')
    const recorded = hexFixture('brother-ql/print-information-62.hex')
    const ours = qlPage(blankBitmap(media.widthDots, 210), media, model).subarray(0, recorded.length)
    const qualityFlag = 0x40
    expect([...ours]).toEqual([...recorded].map((byte, at) => (at === 3 ? byte | qualityFlag : byte)))
  })

  test('mirrors each row and keeps the margin of the roll on the right', () => {
    const [media, model] = [mediaById('62'), qlModel('QL-700')]
    if (!media || !model) throw new Error('tables')
    const bitmap = blankBitmap(media.widthDots, 1)
    bitmap.rows[0]?.fill(0x80, 0, 1)
    const page = qlPage(bitmap, media, model)
    const row = page.subarray(page.length - 91, page.length - 1)
    const blackAt = [...row].flatMap((byte, at) => (byte ? [at * 8 + Math.clz32(byte) - 24] : []))
    expect(blackAt).toEqual([media.offsetDots + media.widthDots - 1])
  })

  test('sends PackBits only to models that take it', () => {
    const media = mediaById('62')
    if (!media) throw new Error('tables')
    const sizes = qlModels.map((model) => [
      model.packsBits,
      qlPage(blankBitmap(media.widthDots, 100), media, model).length < 1000,
    ])
    for (const [packs, isSmall] of sizes) expect(isSmall).toBe(packs)
  })

  test('is complained about when it is damaged, and the next job is read again', () => {
    const [media, model] = [mediaById('62x29'), qlModel('QL-820NWB')]
    if (!media || !model) throw new Error('tables')
    const page = qlPage(noise(media.widthDots, media.lengthDots, 7), media, model)
    const decoder = new JobDecoder()
    const damaged = decoder.push(Buffer.concat([Uint8Array.of(0xff, 0x99), page]))
    expect(damaged[0]).toMatchObject({ kind: 'not-understood' })
    const next = decoder.push(Buffer.concat([qlOpening(model), page]))
    expect(next.map((event) => event.kind)).toEqual(['status-asked', 'page'])
  })
})
