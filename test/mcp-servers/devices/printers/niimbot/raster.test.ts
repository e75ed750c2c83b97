import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankBitmap } from '../../../../../mcp-servers/devices/labels/bitmap.ts'
import {
  NiimbotDecoder,
  type NiimbotEvent,
} from '../../../../../mcp-servers/devices/printers/niimbot/job-decoder.ts'
import {
  type NiimbotModel,
  niimbotModel,
  niimbotModels,
} from '../../../../../mcp-servers/devices/printers/niimbot/models.ts'
import { packet } from '../../../../../mcp-servers/devices/printers/niimbot/packet.ts'
import {
  niimbotRows,
  pageSize,
  printStart,
} from '../../../../../mcp-servers/devices/printers/niimbot/raster.ts'
import { noiseBitmap } from '../../../../support/noise-bitmap.ts'
import { dots } from '../../../../support/png-bitmap.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function b1(): NiimbotModel {
  const model = niimbotModel(4096)
  if (!model) throw new Error('tables')
  return model
}

describe('a NIIMBOT label', () => {
  test('gives the printer exactly the dots of the label, on every model, length and cut of the stream', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...niimbotModels),
        fc.integer({ min: 1, max: 700 }),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 4000 }),
        (model, heightDots, seed, pieceBytes) => {
          const bitmap = noiseBitmap(model.headDots, heightDots, seed)
          const rows = niimbotRows(bitmap, model).filter(({ answer }) => answer === null)
          const page = rows.map(({ bytes: row }) => row)
          const bytes = Buffer.concat([pageSize(bitmap, model), ...page, packet(0xe3)])
          const decoder = new NiimbotDecoder(model.headDots)
          const events: NiimbotEvent[] = []
          for (let at = 0; at < bytes.length; at += pieceBytes)
            events.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
          expect(events.map((event) => event.kind)).toEqual(['asked', 'page', 'asked'])
          const [, event] = events
          if (event?.kind !== 'page') throw new Error('no page')
          expect(dots(event.label)).toBe(dots(bitmap))
        },
      ),
      { numRuns: 25 },
    )
  })

  test('never lists single dots, which power a printer off when there are more than six', () => {
    const bitmap = blankBitmap(384, 3)
    bitmap.rows[1]?.set([0x01])
    const kinds = niimbotRows(bitmap, b1()).map(({ bytes }) => bytes[2])
    expect(kinds).toEqual([0x84, 0x85, 0x84])
  })

  test('asks a B21 after every 200th row whether it has them, and waits for its answer', () => {
    const b21 = niimbotModel(768)
    if (!b21) throw new Error('tables')
    const steps = niimbotRows(blankBitmap(384, 450), b21).map(({ bytes, answer }) => [hex(bytes), answer])
    expect(steps).toEqual([
      [hex(packet(0x84, [0, 0, 200])), null],
      ['5555860300c70143aaaa', 0xd3],
      [hex(packet(0x84, [0, 200, 200])), null],
      [hex(packet(0x86, [1, 143, 1])), 0xd3],
      [hex(packet(0x84, [1, 144, 50])), null],
    ])
  })

  test('is announced to a B1 as the maker’s own app does it', () => {
    expect(hex(printStart(b1()))).toBe('555501070001000000000007aaaa')
    expect(hex(pageSize(blankBitmap(384, 240), b1()))).toBe('5555130600f00180000165aaaa')
    expect(hex(packet(0x21, [3]))).toBe('555521010323aaaa')
    expect(hex(niimbotRows(blankBitmap(384, 10), b1())[0]?.bytes ?? new Uint8Array())).toBe(
      '5555840300000a8daaaa',
    )
  })
})
