import { type Block, bitsOf, gaps, largestBlock, type Span } from './ip-block.ts'

export interface FreeSpace {
  /** Addresses that a host may still get. */
  free: bigint
  /** The largest CIDR block without anything in it, to be given away as a whole. */
  largest: Block | null
  /** The lowest address that a host may get. */
  next: bigint | null
}

/**
 * What is left of a prefix. `used`: addresses, prefixes inside it and ranges kept free, in any order, also overlapping.
 * Network and broadcast address of IPv4 up to /30, and the first address of IPv6 up to /126 (RFC 4291 §2.6.1), are no host’s,
 * unless the prefix is a pool.
 */
export function freeSpace(prefix: Block & { isPool?: boolean }, used: readonly Span[]): FreeSpace {
  const inside = gaps(prefix.isPool ? prefix : hostSpan(prefix), used)
  return {
    free: inside.reduce((sum, span) => sum + (span.last - span.first + 1n), 0n),
    largest: largestBlock(prefix.family, gaps(prefix, used)),
    next: inside[0]?.first ?? null,
  }
}

function hostSpan({ family, length, first, last }: Block): Span {
  if (bitsOf[family] - length < 2) return { first, last }
  return family === 4 ? { first: first + 1n, last: last - 1n } : { first: first + 1n, last }
}
