import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankBitmap } from '../../../../../mcp-servers/devices/labels/bitmap.ts'
import { mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import { TsplDecoder, type TsplEvent } from '../../../../../mcp-servers/devices/printers/tspl/job-decoder.ts'
import { tsplLabel } from '../../../../../mcp-servers/devices/printers/tspl/raster.ts'
import { decodeTsplStatus, statusQuestion } from '../../../../../mcp-servers/devices/printers/tspl/status.ts'
import { cut } from '../../../../support/cut-bitmap.ts'
import { noiseBitmap } from '../../../../support/noise-bitmap.ts'
import { dots } from '../../../../support/png-bitmap.ts'

describe('a TSPL label', () => {
  test('gives the printer exactly the dots of the label, at every size, resolution and cut of the stream', () => {
    const ids = ['40x30-203', '50x30-300', '57x32-203', '100x50-300']
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 4000 }),
        (id, seed, pieceBytes) => {
          const media = mediaById(id)
          if (!media) throw new Error(id)
          const bitmap = noiseBitmap(media.widthDots, media.lengthDots, seed)
          const bytes = Buffer.concat([statusQuestion, tsplLabel(bitmap, media), statusQuestion])
          const decoder = new TsplDecoder(media.dotsPerInch)
          const events: TsplEvent[] = []
          for (let at = 0; at < bytes.length; at += pieceBytes)
            events.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
          expect(events.map((event) => event.kind)).toEqual(['status-asked', 'label', 'status-asked'])
          const [, event] = events
          if (event?.kind !== 'label') throw new Error('no label')
          expect(event.copies).toBe(1)
          expect(dots(cut(event.label, { ...bitmap, margin: media.offsetDots }))).toBe(dots(bitmap))
        },
      ),
      { numRuns: 25 },
    )
  })

  test('sends white as ones: in TSPL a zero is black', () => {
    const media = mediaById('40x30-203')
    if (!media) throw new Error('tables')
    const text = tsplLabel(blankBitmap(media.widthDots, 1), media).toString()
    const white = Buffer.from(tsplLabel(blankBitmap(media.widthDots, 1), media))
    const from = white.indexOf(',0,', white.indexOf('BITMAP')) + 3
    expect([...white.subarray(from, from + 3)]).toEqual([0xff, 0xff, 0xff])
    expect(text.length).toBeGreaterThan(0)
  })
})

describe('the status byte of a TSPL printer', () => {
  test.each([
    [0x00, []],
    [0x01, ['cover-open']],
    [0x02, ['media-jam']],
    [0x04, ['media-empty']],
    [0x05, ['cover-open', 'media-empty']],
    [0x08, ['ribbon-empty']],
    [0x10, ['paused']],
    [0x80, ['fault']],
  ])('%i means %j', (byte, conditions) => {
    const status = decodeTsplStatus(Uint8Array.of(byte))
    expect(status?.troubles.map(({ condition }) => condition)).toEqual(conditions)
  })

  test('says that it prints, and the last of several is the one that counts', () => {
    expect(decodeTsplStatus(Uint8Array.of(0x20))?.isPrinting).toBe(true)
    expect(decodeTsplStatus(Uint8Array.of(0x20, 0x20, 0x00))?.isPrinting).toBe(false)
  })

  test('is not found in text, nor in a longer answer of something else', () => {
    expect(decodeTsplStatus(Buffer.from('ERROR0'))).toBeNull()
    expect(decodeTsplStatus(new Uint8Array(32))).toBeNull()
  })
})
