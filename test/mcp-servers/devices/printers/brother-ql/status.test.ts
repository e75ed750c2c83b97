import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import {
  decodeStatus,
  loadedMedia,
  readiness,
  StatusFrames,
} from '../../../../../mcp-servers/devices/printers/brother-ql/status.ts'
import { hexFixture } from '../../../../support/hex-fixture.ts'

const ready = hexFixture('brother-ql/ready-62.hex')

function medium(id: string) {
  const media = mediaById(id)
  if (!media) throw new Error(`no medium ${id}`)
  return media
}

function changed(bytes: Record<number, number>): Uint8Array {
  const frame = ready.slice()
  for (const [at, byte] of Object.entries(bytes)) frame[Number(at)] = byte
  return frame
}

describe('a status of a Brother QL', () => {
  test('recorded from a QL-570 with 62 mm tape says ready', () => {
    const status = decodeStatus(ready)
    expect(status).toEqual({
      type: 'reply',
      phase: 'receiving',
      troubles: [],
      media: 'continuous',
      widthMm: 62,
      lengthMm: 0,
    })
    expect(readiness(status, medium('62'))).toEqual({
      condition: 'ready',
      words: 'Ready, 62 mm continuous',
    })
    expect(loadedMedia(status)?.id).toBe('62')
  })

  test('names another roll than the one that is set', () => {
    expect(readiness(decodeStatus(ready), medium('29x90'))).toEqual({
      condition: 'media-mismatch',
      words:
        '62 mm continuous is loaded, but 29 × 90 mm die-cut is set for this printer. Change the roll or the setting.',
    })
  })

  test.each([
    [{ 9: 0x10 }, 'cover-open'],
    [{ 8: 0x01 }, 'media-empty'],
    [{ 8: 0x02 }, 'media-empty'],
    [{ 8: 0x04 }, 'cutter-error'],
    [{ 9: 0x01 }, 'media-mismatch'],
    [{ 9: 0x40 }, 'media-jam'],
    [{ 11: 0x00 }, 'media-empty'],
    [{ 11: 0xff }, 'media-mismatch'],
    [{ 19: 0x01 }, 'printing'],
  ])('with bytes %j is %s', (bytes, condition) => {
    expect(readiness(decodeStatus(changed(bytes)), medium('62')).condition).toBe(condition)
  })

  test('has words for every error bit', () => {
    for (const at of [8, 9]) {
      for (let bit = 0; bit < 8; bit += 1) {
        const { troubles } = decodeStatus(changed({ [at]: 1 << bit }))
        expect(troubles).toHaveLength(1)
        expect(troubles[0]?.words).toMatch(/^[A-Z].*\.$/)
      }
    }
  })

  test('is found in a stream cut anywhere, with noise around it', () => {
    const noise = fc.uint8Array({ maxLength: 40 }).filter((bytes) => !bytes.includes(0x80))
    fc.assert(
      fc.property(
        noise,
        noise,
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 20 }),
        (before, between, cuts) => {
          const stream = Buffer.concat([before, ready, between, changed({ 18: 1 }), changed({ 18: 6 })])
          const frames = new StatusFrames()
          const found = []
          let at = 0
          for (let piece = 0; at < stream.length; piece += 1) {
            const size = cuts[piece % cuts.length] ?? 1
            found.push(...frames.push(stream.subarray(at, at + size)))
            at += size
          }
          expect(found.map((status) => status.type)).toEqual(['reply', 'completed', 'phase-change'])
        },
      ),
    )
  })
})
