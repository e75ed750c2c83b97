import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bitmap, blankBitmap } from '../../../../../mcp-servers/devices/labels/bitmap.ts'
import { labelMedia, mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import {
  JobDecoder,
  type JobEvent,
} from '../../../../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import { qlModel, qlModels } from '../../../../../mcp-servers/devices/printers/brother-ql/models.ts'
import {
  qlOpening,
  qlPage,
  takesRoll,
} from '../../../../../mcp-servers/devices/printers/brother-ql/raster.ts'
import { hexFixture } from '../../../../support/hex-fixture.ts'
import { dots } from '../../../../support/png-bitmap.ts'

const rolls = labelMedia.filter((media) => media.stock === 'brother-dk')
/** Every roll with every model whose head reaches over it and prints its colours. */
const loads = qlModels.flatMap((model) =>
  rolls.filter((media) => takesRoll(model, media)).map((media) => ({ model, media })),
)

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

function inPieces(bytes: Uint8Array, pieceBytes: number, headBytes: number): JobEvent[] {
  const decoder = new JobDecoder(headBytes)
  const events: JobEvent[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes)
    events.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
  return events
}

describe('a Brother QL job', () => {
  test('gives the printer exactly the dots of the label, on every roll, model, and cut of the stream', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...loads),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 5000 }),
        ({ media, model }, seed, pieceBytes) => {
          const bitmap = noise(media.widthDots, media.lengthDots || 40, seed)
          const bytes = Buffer.concat([qlOpening(model), qlPage(bitmap, media, model)])
          const events = inPieces(bytes, pieceBytes, model.head.bytes)
          expect(events.map((event) => event.kind)).toEqual(['status-asked', 'page'])
          const [, last] = events
          if (last?.kind !== 'page') throw new Error('no page')
          expect(last.page).toMatchObject({ media, cutAtEnd: model.cuts, announcedRows: bitmap.heightDots })
          expect(dots(last.page.label)).toBe(dots(bitmap))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('on two-colour tape is sent in both colours, else the printer calls the roll the wrong one', () => {
    const [media, model] = [mediaById('62red'), qlModel('QL-820NWB')]
    if (!media || !model) throw new Error('tables')
    const bitmap = noise(media.widthDots, 50, 7)
    const [last] = inPieces(qlPage(bitmap, media, model), 4000, 90).slice(-1)
    if (last?.kind !== 'page') throw new Error('no page')
    expect(last.page.media.id).toBe('62red')
    expect(dots(last.page.label)).toBe(dots(bitmap))
  })

  test('goes on wide rolls only with a wide head, and on two-colour tape only with a model that has both', () => {
    const takes = (name: string, id: string) => {
      const [media, model] = [mediaById(id), qlModel(name)]
      return media && model && takesRoll(model, media)
    }
    expect([takes('QL-820NWB', '102x51'), takes('QL-1110NWB', '102x51')]).toEqual([false, true])
    expect([takes('QL-700', '62red'), takes('QL-800', '62red')]).toEqual([false, true])
    expect(takes('QL-820NWB', '50x30-203')).toBe(false)
  })

  test('chooses raster mode only on models that have another one', () => {
    const mode = Buffer.from([0x1b, 0x69, 0x61, 0x01])
    const without = qlModels.filter((model) => !Buffer.from(qlOpening(model)).includes(mode))
    expect(without.map(({ name }) => name)).toEqual(
      ['500', '550', '560', '570', '600', '700'].map((number) => `QL-${number}`),
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
