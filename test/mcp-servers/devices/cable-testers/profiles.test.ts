import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCobs, encodeCobs } from '../../../../mcp-servers/devices/cable-testers/cobs.ts'
import { crcCcitt } from '../../../../mcp-servers/devices/cable-testers/crc-ccitt.ts'
import { judgeFrame } from '../../../../mcp-servers/devices/cable-testers/judge-frame.ts'
import esp32 from '../../../../mcp-servers/devices/cable-testers/profiles/esp32-all-wires.ts'
import hwlabText from '../../../../mcp-servers/devices/cable-testers/profiles/hwlab-text.ts'
import hwlabV1, { hwlabFrame } from '../../../../mcp-servers/devices/cable-testers/profiles/hwlab-v1.ts'
import pockethernet from '../../../../mcp-servers/devices/cable-testers/profiles/pockethernet-v1.ts'
import { openSettling } from '../../../../mcp-servers/devices/cable-testers/settle.ts'
import type {
  TesterFrame,
  TesterProfile,
} from '../../../../mcp-servers/devices/cable-testers/tester-profile.ts'
import { judgeCable } from '../../../../mcp-servers/devices/cable-testers/verdict.ts'
import rj45 from '../../../../mcp-servers/devices/cable-testers/wirings/rj45.ts'

const text = new TextEncoder()

function hex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits.replace(/ /g, ''), 'hex'))
}

/** What the tester said in these bytes, however they arrive. */
function said(profile: TesterProfile, bytes: Uint8Array, pieceBytes = bytes.length): (TesterFrame | null)[] {
  const framer = profile.framer()
  const frames: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes)
    frames.push(...framer.push(bytes.slice(at, at + pieceBytes)))
  return frames.map((frame) => profile.decode(frame))
}

function judged(profile: TesterProfile, bytes: Uint8Array): string[] {
  const [straight] = rj45
  return said(profile, bytes).flatMap((frame) =>
    frame?.kind === 'wiremap' && straight
      ? judgeCable({
          map: frame.map,
          expected: straight,
          others: rj45,
          shieldExpected: false,
          ability: profile.ability,
        }).words
      : [],
  )
}

const good = hex('a5 12 02 01 01 02 03 04 05 06 07 08 ff 00 00 00 00 00 00 00 00 00 c4 db')
const open4 = hex('a5 12 02 02 01 02 03 00 05 06 07 08 ff 00 00 00 00 00 00 00 00 00 76 32')
const short36 = hex('a5 12 02 03 01 02 00 04 05 00 07 08 ff 00 00 01 00 00 01 00 00 00 28 de')

describe('hwlab-v1', () => {
  test('is judged in words from its bytes', () => {
    expect(judged(hwlabV1, Buffer.concat([good, open4, short36]))).toEqual([
      'All 8 conductors — PASS',
      'Pin 4 open — FAIL',
      'Pins 3-6 short — FAIL',
    ])
  })

  test('asks for a test with the bytes of its description', () => {
    expect(hwlabV1.trigger).toEqual(hex('a5 00 01 00 ad ff'))
  })

  test('is understood byte by byte, with noise before, between and within frames', () => {
    const noisy = Buffer.concat([hex('00 a5 a5 12'), good, hex('a5 ff'), open4.slice(0, 9), good, short36])
    const maps = said(hwlabV1, noisy, 1).map((frame) => frame?.kind)
    expect(maps).toEqual(['wiremap', 'wiremap', 'wiremap'])
  })

  test('never reads a wire out of a damaged frame', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const damaged = Uint8Array.from(good)
        damaged[at] = (damaged[at] ?? 0) ^ mask
        expect(said(hwlabV1, damaged)).toEqual([])
      }),
    )
  })

  test('that found a split pair is a FAIL in words, whatever its wiremap says', () => {
    const [straight] = rj45
    if (!straight) throw new Error('no straight cable')
    const [frame, nothing] = said(
      hwlabV1,
      Buffer.concat([hwlabFrame('splits', 1, [3, 6, 4, 5]), hwlabFrame('splits', 2, [])]),
    )
    if (frame?.kind !== 'splits') throw new Error(`It came to ${frame?.kind}`)
    const question = { expected: straight, others: rj45, shieldExpected: false, ability: hwlabV1.ability }
    expect(judgeFrame(frame, question)).toMatchObject({
      result: 'fail',
      words: 'Split pair on 3, 6, 4, 5 — FAIL',
    })
    expect(nothing).toBeNull()
  })

  test('gives lengths, and its trouble in its own words', () => {
    const lengths = hwlabFrame('lengths', 1, [0xd8, 0x04, ...Array<number>(14).fill(0xff)])
    expect(said(hwlabV1, lengths)).toEqual([{ kind: 'length', centimetres: { '1': 1240 } }])
    const trouble = hwlabFrame('trouble', 2, [...text.encode('no remote')])
    expect(said(hwlabV1, trouble)).toEqual([{ kind: 'trouble', words: 'no remote' }])
  })
})

test('a line of text says the same as the binary frame', () => {
  const line = text.encode('boot\r\nWM 1=1 2=2 3=3 4=- 5=5 6=6 7=7 8=8 S=? LEN=12.4\r\n')
  expect(judged(hwlabText, line)).toEqual(['Pin 4 open — FAIL'])
})

test('a line of text names joined pins and split pairs', () => {
  const line = text.encode('WM 1=1 2=2 3=- 4=4 5=5 6=- 7=7 8=8 SH=3-6 SP=36/45\n')
  expect(said(hwlabText, line)).toMatchObject([
    { map: { shorts: [['3', '6']], splits: [['3', '6', '4', '5']] } },
  ])
})

test('a first-generation Pockethernet is judged from its nibbles', () => {
  const payload = [0x21, 0x43, 0x65, 0x87, 0, 0, 0, 0, 0x09, 0x01]
  const header = [4144 & 0xff, 4144 >> 8]
  const crc = crcCcitt([...header, 0, 0, ...payload])
  const frame = encodeCobs(Uint8Array.from([...header, crc & 0xff, crc >> 8, ...payload]))
  const stream = Uint8Array.from([0, ...frame, 0, 7, 7, 0, ...frame, 0])
  expect(judged(pockethernet, stream)).toEqual(['All 8 conductors — PASS', 'All 8 conductors — PASS'])
})

test('a first-generation Pockethernet that finds the shield on a pin is no PASS', () => {
  const payload = [0x21, 0x43, 0x65, 0x87, 0, 0, 0, 0, 0x41, 0x01]
  const header = [4144 & 0xff, 4144 >> 8]
  const crc = crcCcitt([...header, 0, 0, ...payload])
  const frame = encodeCobs(Uint8Array.from([...header, crc & 0xff, crc >> 8, ...payload]))
  expect(judged(pockethernet, Uint8Array.from([0, ...frame, 0]))).toEqual(['Pins 4-S short — FAIL'])
})

test('a tester that only says good or not is quoted, and no wire is claimed', () => {
  const lines = text.encode(
    'NON le cable est defectueux\r\nOUI le cable fonctionne\r\nle cable est droit\r\n',
  )
  expect(said(esp32, lines)).toMatchObject([
    { kind: 'said', good: false },
    { kind: 'said', good: true },
    null,
  ])
})

test('a result counts when it came twice alike, and something else is a new one', () => {
  const settling = openSettling(hwlabV1)
  const kinds = [good, open4, open4, open4, good, good].map((bytes) =>
    settling.push(bytes).map((event) => event.kind),
  )
  expect(kinds).toEqual([['once'], ['once'], ['settled'], ['again'], ['once'], ['settled']])
})

test('stuffed bytes hold no zero and come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
      const stuffed = encodeCobs(bytes)
      expect(stuffed.includes(0)).toBe(false)
      expect(decodeCobs(stuffed)).toEqual(bytes)
    }),
  )
})
