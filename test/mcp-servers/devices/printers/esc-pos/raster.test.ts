import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import {
  EscPosDecoder,
  type EscPosEvent,
} from '../../../../../mcp-servers/devices/printers/esc-pos/job-decoder.ts'
import { escPosModels } from '../../../../../mcp-servers/devices/printers/esc-pos/models.ts'
import { escPosLabel } from '../../../../../mcp-servers/devices/printers/esc-pos/raster.ts'
import {
  decodeAfterLabel,
  decodeRealTime,
  troubleIn,
} from '../../../../../mcp-servers/devices/printers/esc-pos/status.ts'
import { noiseBitmap } from '../../../../support/noise-bitmap.ts'
import { dots } from '../../../../support/png-bitmap.ts'

describe('an ESC/POS label', () => {
  test('gives the printer exactly the dots of the label, on every model, length and cut of the stream', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...escPosModels),
        fc.integer({ min: 1, max: 700 }),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 4000 }),
        (model, heightDots, seed, pieceBytes) => {
          const media = mediaById(model.headDots > 384 ? 'receipt-80' : 'receipt-58')
          if (!media) throw new Error('tables')
          const bitmap = noiseBitmap(media.widthDots, heightDots, seed)
          const bytes = escPosLabel(bitmap, model)
          const decoder = new EscPosDecoder()
          const events: EscPosEvent[] = []
          for (let at = 0; at < bytes.length; at += pieceBytes)
            events.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
          expect(events.map((event) => event.kind)).toEqual(['label', 'completion-asked'])
          const [event] = events
          if (event?.kind !== 'label') throw new Error('no label')
          expect(dots(event.label)).toBe(dots(bitmap))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('what an ESC/POS printer says', () => {
  test('is a status only with the bits that every status has', () => {
    const statuses = Array.from({ length: 256 }, (_, byte) => byte).filter(
      (byte) => decodeRealTime(Uint8Array.of(byte)) !== null,
    )
    expect(statuses).toHaveLength(16)
    expect(statuses.every((byte) => byte & 0x10 && byte & 0x02 && !(byte & 0x81))).toBe(true)
    expect(decodeRealTime(new Uint8Array())).toBeNull()
  })

  test('names an open cover, the end of the paper, a jammed cutter and heat', () => {
    expect(troubleIn(2, 0x12 | 0x04)).toMatchObject({ condition: 'cover-open' })
    expect(troubleIn(2, 0x12 | 0x20)).toMatchObject({ condition: 'media-empty' })
    expect(troubleIn(3, 0x12 | 0x08)).toMatchObject({ condition: 'cutter-error' })
    expect(troubleIn(3, 0x12 | 0x40)).toMatchObject({ condition: 'over-temperature' })
    expect(troubleIn(4, 0x12 | 0x60)).toMatchObject({ condition: 'media-empty' })
    expect(troubleIn(4, 0x12 | 0x0c)).toBeNull()
  })

  test('behind a label is the end of the work, a status, or nothing that can be trusted', () => {
    expect(decodeAfterLabel(Uint8Array.of(0x00))).toEqual({ kind: 'done', paperIsOut: false })
    expect(decodeAfterLabel(Uint8Array.of(0x12, 0x03))).toEqual({ kind: 'done', paperIsOut: false })
    expect(decodeAfterLabel(Uint8Array.of(0x0c))).toEqual({ kind: 'done', paperIsOut: true })
    expect(decodeAfterLabel(Uint8Array.of(0x16))).toEqual({ kind: 'status', status: 0x16 })
    expect(decodeAfterLabel(Uint8Array.of(0x00, 0xff))).toBeNull()
    expect(decodeAfterLabel(new Uint8Array(40))).toBeNull()
  })
})
