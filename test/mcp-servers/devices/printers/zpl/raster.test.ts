import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelSvg } from '../../../../../mcp-servers/devices/labels/label-svg.ts'
import { mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import { rasterise } from '../../../../../mcp-servers/devices/labels/rasterise.ts'
import { ZplDecoder, type ZplEvent } from '../../../../../mcp-servers/devices/printers/zpl/job-decoder.ts'
import { zplLabel } from '../../../../../mcp-servers/devices/printers/zpl/raster.ts'
import { cut } from '../../../../support/cut-bitmap.ts'
import { noiseBitmap } from '../../../../support/noise-bitmap.ts'
import { labelFacts } from '../../../../support/open-devices.ts'
import { dots } from '../../../../support/png-bitmap.ts'

function inPieces(bytes: Uint8Array, pieceBytes: number): ZplEvent[] {
  const decoder = new ZplDecoder()
  const events: ZplEvent[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes)
    events.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
  return events
}

function graphicOf(field: string): string {
  const [event] = inPieces(Buffer.from(`^XA^PW24^LL1^FO0,0^GFA,3,3,3,${field}^FS^XZ`, 'latin1'), 1000)
  return event?.kind === 'label' ? dots(event.label) : (event?.kind ?? 'nothing')
}

const oneTwoThree = '000000010000001000000011'

describe('a ZPL label', () => {
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
          const [event, ...more] = inPieces(zplLabel(bitmap, media), pieceBytes)
          if (event?.kind !== 'label') throw new Error(event?.kind)
          expect(more).toEqual([])
          expect(event.copies).toBe(1)
          expect(event.label.widthDots).toBe(media.widthDots + 2 * media.offsetDots)
          expect(dots(cut(event.label, { ...bitmap, margin: media.offsetDots }))).toBe(dots(bitmap))
        },
      ),
      { numRuns: 25 },
    )
  })

  test('of a large size is less than a fifth of its plain hexadecimal', () => {
    const media = mediaById('100x150-203')
    if (!media) throw new Error('tables')
    const bitmap = rasterise(labelSvg(labelFacts('HW-00001'), media), media)
    const plainBytes = bitmap.heightDots * Math.ceil(bitmap.widthDots / 8) * 2
    expect(zplLabel(bitmap, media).length).toBeLessThan(plainBytes / 5)
  })
})

describe('the printer that checks it', () => {
  test('reads every way in which ZPL writes a picture', () => {
    const deflated = deflateSync(Uint8Array.of(1, 2, 3)).toString('base64')
    expect(graphicOf('010203')).toBe(oneTwoThree)
    expect(graphicOf(':B64:AQID:CEC2')).toBe(oneTwoThree)
    expect(graphicOf(':B64:AQID:CEC3')).toBe('not-understood')
    expect(graphicOf(`:Z64:${deflated}:0000`)).toBe('not-understood')
    expect(graphicOf('F,')).toBe('111100000000000000000000')
    expect(graphicOf('0!')).toBe('000011111111111111111111')
    expect(graphicOf('KF,')).toBe('111111111111111111110000')
  })

  test('adds the letters of a count: hM is 47', () => {
    const field = `^XA^PW200^LL1^FO0,0^GFA,25,25,25,hMFI0^FS^XZ`
    const [event] = inPieces(Buffer.from(field, 'latin1'), 1000)
    if (event?.kind !== 'label') throw new Error(event?.kind)
    expect(dots(event.label)).toBe(`${'1'.repeat(188)}${'0'.repeat(12)}`)
  })

  test('knows questions among labels, and what it does not know', () => {
    const heard = inPieces(Buffer.from('~HQES~HS noise ~HI~JA^FO1,1~XX^XA^XZ', 'latin1'), 3)
    expect(heard.map((event) => event.kind)).toEqual([
      'asked',
      'asked',
      'asked',
      'cancelled',
      'not-understood',
      'not-understood',
      'label',
    ])
  })
})
