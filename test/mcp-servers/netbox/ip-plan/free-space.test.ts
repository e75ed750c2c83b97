import { SocketAddress } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freeSpace } from '../../../../mcp-servers/netbox/ip-plan/free-space.ts'
import {
  addressText,
  type Block,
  bitsOf,
  blockText,
  parseAddress,
  parseBlock,
} from '../../../../mcp-servers/netbox/ip-plan/ip-block.ts'

function block(text: string): Block {
  const parsed = parseBlock(text)
  if (!parsed) throw new Error(`${text} is no prefix`)
  return parsed
}

function left(prefix: string, ...used: string[]) {
  const { family, ...whole } = block(prefix)
  const spans = used.map((text) => block(text.includes('/') ? text : `${text}/${bitsOf[family]}`))
  const { free, largest, next } = freeSpace({ family, ...whole }, spans)
  return {
    free,
    largest: largest && blockText(largest),
    next: next === null ? null : addressText(family, next),
  }
}

test('an empty prefix has all but its network and broadcast address', () => {
  expect(left('192.168.10.0/24')).toEqual({ free: 254n, largest: '192.168.10.0/24', next: '192.168.10.1' })
})

test('the gateway and a range kept free are not offered', () => {
  expect(left('192.168.10.0/24', '192.168.10.1', '192.168.10.128/25')).toEqual({
    free: 126n,
    largest: '192.168.10.64/26',
    next: '192.168.10.2',
  })
})

test('a full prefix has nothing left', () => {
  expect(left('10.0.0.0/30', '10.0.0.0/30')).toEqual({ free: 0n, largest: null, next: null })
  expect(left('10.0.0.4/32', '10.0.0.4')).toEqual({ free: 0n, largest: null, next: null })
})

test('both addresses of a point-to-point prefix are for hosts', () => {
  expect(left('10.0.0.0/31')).toEqual({ free: 2n, largest: '10.0.0.0/31', next: '10.0.0.0' })
  expect(left('2001:db8::/127', '2001:db8::')).toEqual({
    free: 1n,
    largest: '2001:db8::1/128',
    next: '2001:db8::1',
  })
})

test('an IPv6 prefix is counted to the last address', () => {
  expect(left('2001:db8:0:10::/64', '2001:db8:0:10::1', '2001:db8:0:10:8000::/65')).toEqual({
    free: 2n ** 63n - 2n,
    largest: '2001:db8:0:10:4000::/66',
    next: '2001:db8:0:10::2',
  })
})

test('what is used outside of the prefix does not count', () => {
  expect(left('10.0.1.0/24', '10.0.0.0/24', '10.0.2.0/24')).toEqual(left('10.0.1.0/24'))
})

describe.each([4, 6] as const)('IPv%i against counting every address', (family) => {
  const base = family === 4 ? 0x0a_14_00_00n : 0x2001_0db8n << 96n
  const span = fc.tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 9 }))
  test('free, next and largest are what a count finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.array(span, { maxLength: 12 }), (hostBits, spans) => {
        const size = 2 ** hostBits
        const prefix: Block = {
          family,
          length: bitsOf[family] - hostBits,
          first: base,
          last: base + BigInt(size) - 1n,
        }
        const used = spans.map(([at, more]) => ({ first: base + BigInt(at), last: base + BigInt(at + more) }))
        const isUsed = (at: number) => spans.some(([from, more]) => from <= at && at <= from + more)
        const all = Array.from({ length: size }, (_, at) => at)
        const isHost = (at: number) => hostBits < 2 || (at > 0 && (family === 6 || at < size - 1))
        const hosts = all.filter((at) => isHost(at) && !isUsed(at))
        const blocks = Array.from({ length: hostBits + 1 }, (_, bits) => 2 ** (hostBits - bits)).flatMap(
          (count) =>
            all
              .filter((at) => at % count === 0)
              .map((at) => ({ at, count }))
              .filter(({ at }) =>
                Array.from({ length: count }, (_, more) => at + more).every((one) => !isUsed(one)),
              ),
        )
        const found = freeSpace(prefix, used)
        expect(found.free).toBe(BigInt(hosts.length))
        expect(found.next).toBe(hosts[0] === undefined ? null : base + BigInt(hosts[0]))
        expect(found.largest?.first ?? null).toBe(blocks[0] ? base + BigInt(blocks[0].at) : null)
        const count = found.largest && Number(found.largest.last - found.largest.first + 1n)
        expect(count).toBe(blocks[0]?.count ?? null)
      }),
      { numRuns: 300 },
    )
  })
})

test('addresses are written as Node itself writes them, and read back the same', () => {
  const group = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 0xffff }))
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const value = groups.reduce((sum, one) => sum * 65_536n + BigInt(one), 0n)
      // ::ffff:0:0/96 and ::/96 hold IPv4, which Node writes with dots.
      fc.pre(groups.slice(0, 5).some((one) => one !== 0))
      const text = addressText(6, value)
      const whole = groups.map((one) => one.toString(16)).join(':')
      expect(text).toBe(new SocketAddress({ family: 'ipv6', address: whole }).address)
      expect(parseAddress(text)).toEqual({ family: 6, value, length: 128 })
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['::ffff:10.0.0.1', 0xffff_0a00_0001n],
  ['::', 0n],
  ['1::', 1n << 112n],
])('%s is read', (text, value) => {
  expect(parseAddress(text)?.value).toBe(value)
})

test.each([
  '',
  '10.0.0',
  '10.0.0.1/33',
  '10.0.0.1/-1',
  '10.0.0.1/x',
  '2001:db8::/129',
  'fe80::1%eth0',
  '010.0.0.1',
])('“%s” is no address', (text) => {
  expect(parseAddress(text)).toBeNull()
})

test('a prefix may be written with bits of a host', () => {
  expect(blockText(block('192.168.10.77/24'))).toBe('192.168.10.0/24')
})
