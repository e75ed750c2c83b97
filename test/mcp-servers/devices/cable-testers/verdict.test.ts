import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CableQuestion, judgeCable } from '../../../../mcp-servers/devices/cable-testers/verdict.ts'
import type { Wiremap, Wiring } from '../../../../mcp-servers/devices/cable-testers/wiremap.ts'
import displayport from '../../../../mcp-servers/devices/cable-testers/wirings/displayport.ts'
import hdmi from '../../../../mcp-servers/devices/cable-testers/wirings/hdmi.ts'
import rj45 from '../../../../mcp-servers/devices/cable-testers/wirings/rj45.ts'
import usbA from '../../../../mcp-servers/devices/cable-testers/wirings/usb-a.ts'
import usbC from '../../../../mcp-servers/devices/cable-testers/wirings/usb-c.ts'

const wirings: Wiring[] = [...rj45, ...usbA, ...usbC, ...hdmi, ...displayport]
const seesAll = { shorts: true, shield: true, splitPairs: false, length: false }

function wiring(id: string): Wiring {
  const found = wirings.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`There is no wiring ${id}`)
  return found
}

/** "12305678": the far pins of the near pins 1 to 8, 0 for open. */
function pins(map: string): Wiremap {
  const far = Object.fromEntries([...map].map((pin, index) => [`${index + 1}`, pin === '0' ? [] : [pin]]))
  return { far, shorts: [], splits: null }
}

function asWired(id: string): Wiremap {
  return { far: wiring(id).lines, shorts: [], splits: null }
}

function judge(map: Wiremap, id: string, more: Partial<CableQuestion> = {}) {
  const expected = wiring(id)
  const others = wirings.filter((candidate) => candidate.plug === expected.plug)
  return judgeCable({ map, expected, others, shieldExpected: false, ability: seesAll, ...more })
}

describe('a network cable', () => {
  test.each([
    ['12345678', 'All 8 conductors — PASS'],
    ['12305678', 'Pin 4 open — FAIL'],
    ['36145278', 'Wired as crossover, expected straight-through — FAIL'],
    ['36178245', 'Wired as 4-pair crossover, expected straight-through — FAIL'],
    ['87654321', 'Wired as rollover, expected straight-through — FAIL'],
    ['21345678', 'Pair 1-2 reversed — FAIL'],
    ['12365478', 'Pin 4 miswired to 6, Pin 6 miswired to 4 — FAIL'],
    ['45312678', 'Pairs 1-2 and 4-5 crossed — FAIL'],
    ['21305678', 'Pin 4 open, Pair 1-2 reversed — FAIL'],
    ['12300600', 'Pin 4 open, Pin 5 open, Pin 7 open, Pin 8 open — FAIL'],
    ['00000000', 'All 8 conductors open (is the remote unit attached?) — FAIL'],
  ])('wired %s is judged: %s', (map, words) => {
    expect(judge(pins(map), 'rj45-straight').words).toBe(words)
  })

  test('with two pairs is good where two pairs are wanted', () => {
    expect(judge(pins('12300600'), 'rj45-two-pair').words).toBe('All 4 conductors — PASS')
  })

  test('that is a crossover is good where a crossover is wanted', () => {
    expect(judge(pins('36145278'), 'rj45-crossover').result).toBe('pass')
  })

  test('with two joined pins names them once, and not as open', () => {
    const map = { ...pins('12045078'), shorts: [['3', '6']] }
    expect(judge(map, 'rj45-straight').words).toBe('Pins 3-6 short — FAIL')
  })

  test('is never called good for what the tester cannot see', () => {
    expect(judge(pins('12345678'), 'rj45-straight').notes).toContain('Split pairs were not tested.')
  })

  test('with a split pair fails when the tester can see it', () => {
    const map = { ...pins('12345678'), splits: [['3', '4', '5', '6']] }
    const verdict = judge(map, 'rj45-straight', { ability: { ...seesAll, splitPairs: true } })
    expect(verdict.words).toBe('Split pair on 3, 4, 5, 6 — FAIL')
  })

  test('of which two pins were not measured gets no verdict', () => {
    const { '7': _seven, '8': _eight, ...far } = pins('12345678').far
    expect(judge({ ...pins(''), far }, 'rj45-straight')).toMatchObject({
      result: 'none',
      words: 'No fault found, but not everything was measured: 7, 8 — NO VERDICT',
    })
  })

  test('of which nothing was measured gets no verdict', () => {
    expect(judge(pins(''), 'rj45-straight').result).toBe('none')
  })

  test('that should be shielded fails on an open shield, and says when the shield was not tested', () => {
    const map = pins('12345678')
    const open = { ...map, far: { ...map.far, S: [] } }
    expect(judge(open, 'rj45-straight', { shieldExpected: true }).words).toBe('Shield open — FAIL')
    expect(judge(map, 'rj45-straight', { shieldExpected: true }).notes).toContain(
      'The shield was not tested.',
    )
  })
})

describe('other cables', () => {
  test('what a USB-A plug receives on reaches what a USB-C plug sends on, and the other way round', () => {
    const { lines, signals } = wiring('usb-a-to-c')
    const ofC = wiring('usb-c').signals
    const reached = (near: string) =>
      `${signals[near]} to ${(lines[near] ?? []).map((far) => ofC[far]).join()}`
    expect(['5', '6', '8', '9'].map(reached)).toEqual([
      'SSRX− to TX1−',
      'SSRX+ to TX1+',
      'SSTX− to RX1−',
      'SSTX+ to RX1+',
    ])
  })

  test('a USB-C cable without SuperSpeed passes and is named for what it is', () => {
    const lines = wiring('usb-c').lines
    const thin = Object.fromEntries(
      Object.entries(lines).map(([contact, far]) => [
        contact,
        /^(A2|A3|A10|A11|B2|B3|B10|B11|A8|B8)$/.test(contact) ? [] : far,
      ]),
    )
    expect(judge({ far: thin, shorts: [], splits: null }, 'usb-c')).toMatchObject({
      words: 'All 5 conductors — PASS',
      notes: [
        'USB 2.0 only: it has no SuperSpeed pairs.',
        'It has no sideband pair: no DisplayPort over this cable.',
      ],
    })
  })

  test('a USB-C cable that lost one SuperSpeed wire fails on that wire', () => {
    const map = { ...asWired('usb-c'), far: { ...wiring('usb-c').lines, B2: [] } }
    expect(judge(map, 'usb-c').words).toBe('TX2+ (B2) open — FAIL')
  })

  test('joined VBUS contacts are no short, VBUS on GND is', () => {
    const joined = { ...asWired('usb-c'), shorts: [['A4', 'A9', 'B4', 'B9']] }
    expect(judge(joined, 'usb-c').result).toBe('pass')
    const burning = { ...asWired('usb-c'), shorts: [['A4', 'A1']] }
    expect(judge(burning, 'usb-c').words).toBe('VBUS (A4) and GND (A1) short — FAIL')
  })

  test('a DisplayPort cable that runs its power pin through fails', () => {
    const map = { ...asWired('displayport'), far: { ...wiring('displayport').lines, '20': ['20'] } }
    expect(judge(map, 'displayport').words).toBe(
      'DP_PWR (20) connected: it feeds one device into the other — FAIL',
    )
  })

  test('an HDMI cable without CEC passes and says so', () => {
    const map = { ...asWired('hdmi'), far: { ...wiring('hdmi').lines, '13': [] } }
    expect(judge(map, 'hdmi').notes).toContain('No CEC: devices cannot switch each other on.')
  })
})

test('every wiring passes as itself, and any one wire moved, cut or joined fails', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...wirings),
      fc.nat(),
      fc.constantFrom('cut', 'moved', 'joined'),
      (expected, at, fault) => {
        expect(judge(asWired(expected.id), expected.id).result).toBe('pass')
        const optional = new Set(expected.optional.flatMap((group) => group.near))
        const contacts = Object.keys(expected.lines).filter((contact) => !optional.has(contact))
        const contact = contacts[at % contacts.length] ?? ''
        const far = fault === 'cut' ? [] : fault === 'moved' ? ['elsewhere'] : (expected.lines[contact] ?? [])
        const stranger = contacts.find(
          (candidate) => String(expected.lines[candidate]) !== String(expected.lines[contact]),
        )
        const shorts = fault === 'joined' ? [[contact, stranger ?? '']] : []
        const map = { far: { ...expected.lines, [contact]: far }, shorts, splits: null }
        expect(judge(map, expected.id).result).toBe('fail')
      },
    ),
  )
})
