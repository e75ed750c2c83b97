import { isIP } from 'node:net'

export type Family = 4 | 6

/** Addresses `first` to `last`, both inclusive, as numbers. */
export interface Span {
  first: bigint
  last: bigint
}

/** A CIDR block: `length` is the prefix length, and `first` has no bit behind it. */
export interface Block extends Span {
  family: Family
  length: number
}

export const bitsOf: Record<Family, number> = { 4: 32, 6: 128 }

/** "10.0.0.5" or "10.0.0.5/24", as NetBox writes addresses; null when it is none. */
export function parseAddress(text: string): { family: Family; value: bigint; length: number } | null {
  const [address = '', length] = text.trim().split('/')
  const version = isIP(address)
  if ((version !== 4 && version !== 6) || address.includes('%')) return null
  const bits = length === undefined ? bitsOf[version] : /^\d{1,3}$/.test(length) ? Number(length) : -1
  if (bits < 0 || bits > bitsOf[version]) return null
  return { family: version, value: version === 4 ? value4(address) : value6(address), length: bits }
}

/** "10.0.0.0/24" or "2001:db8::/64"; bits behind the prefix are cleared; null when it is none. */
export function parseBlock(text: string): Block | null {
  const parsed = text.includes('/') ? parseAddress(text) : null
  return parsed && blockOf(parsed.family, parsed.value, parsed.length)
}

/** The block of this length around the address. */
function blockOf(family: Family, value: bigint, length: number): Block {
  const size = 1n << BigInt(bitsOf[family] - length)
  const first = value - (value % size)
  return { family, length, first, last: first + size - 1n }
}

export function holds(outer: Span & { family: Family }, inner: Span & { family: Family }): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last
}

/** The longest spans that no member of `used` touches, in order. */
export function gaps(within: Span, used: readonly Span[]): Span[] {
  const found: Span[] = []
  let from = within.first
  for (const span of used.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    if (span.first > from) found.push({ first: from, last: least(span.first - 1n, within.last) })
    if (span.last >= from) from = span.last + 1n
    if (from > within.last) return found
  }
  return [...found, { first: from, last: within.last }]
}

/** The largest CIDR block inside any of these spans, the lowest of equal ones; null when there are none. */
export function largestBlock(family: Family, spans: readonly Span[]): Block | null {
  const bits = bitsOf[family]
  for (let length = 0; length <= bits; length += 1) {
    const size = 1n << BigInt(bits - length)
    for (const { first, last } of spans) {
      const aligned = ((first + size - 1n) / size) * size
      if (aligned + size - 1n <= last) return blockOf(family, aligned, length)
    }
  }
  return null
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function addressText(family: Family, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  )
  return compressed(groups)
}

export function blockText({ family, first, length }: Block): string {
  return `${addressText(family, first)}/${length}`
}

/** RFC 5952 §4.2: the longest run of two or more zero groups becomes “::”, the first of equal ones. */
function compressed(groups: string[]): string {
  const runs = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].map(([run]) => run)
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return groups.join(':')
  const [before = '', after = ''] = splitOnce(groups.join(':'), longest)
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`
}

function splitOnce(text: string, part: string): string[] {
  const at = new RegExp(`(?<![0-9a-f])${part}(?![0-9a-f])`).exec(text)?.index ?? 0
  return [text.slice(0, at), text.slice(at + part.length)]
}

function value4(address: string): bigint {
  return address.split('.').reduce((value, octet) => value * 256n + BigInt(octet), 0n)
}

/** Valid by `isIP`: at most one “::”, and a dotted IPv4 tail counts as two groups. */
function value6(address: string): bigint {
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = groupsOf(head)
  const right = tail === undefined ? [] : groupsOf(tail)
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => 0n)
  return [...left, ...zeros, ...right].reduce((value, group) => value * 65_536n + group, 0n)
}

function groupsOf(text: string): bigint[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)]
    const value = value4(group)
    return [value / 65_536n, value % 65_536n]
  })
}
