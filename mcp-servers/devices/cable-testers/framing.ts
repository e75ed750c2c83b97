import { decodeCobs } from './cobs.ts'

/** Cuts a byte stream into frames, whatever the sizes of the pieces it comes in; noise is skipped. */
export interface Framer {
  push(bytes: Uint8Array): Uint8Array[]
}

/** A stream without any frame never holds more than this. */
const longestFrame = 4096

/** Lines of text without their end; CR, LF and CR LF all end one. */
export function lineFramer(): Framer {
  return delimited(
    (byte) => byte === 0x0a || byte === 0x0d,
    (line) => line,
  )
}

/** Consistent Overhead Byte Stuffing between zero bytes. */
export function cobsFramer(): Framer {
  return delimited((byte) => byte === 0, decodeCobs)
}

/**
 * Frames that begin with `sync` and tell their own length. `lengthOf` returns the whole length in bytes, null when it needs
 * more, and `noise` for what cannot be a frame. Noise, and a frame that is not `isWhole` (its checksum fails), cost one
 * byte each, so that a true frame behind them is found.
 */
export function syncFramer(shape: {
  sync: number
  lengthOf(bytes: Uint8Array): number | 'noise' | null
  isWhole(frame: Uint8Array): boolean
}): Framer {
  let held = new Uint8Array()
  return {
    push(bytes) {
      held = joined(held, bytes)
      const frames: Uint8Array[] = []
      for (;;) {
        const start = held.indexOf(shape.sync)
        held = start === -1 ? new Uint8Array() : held.slice(start)
        const length = held.length === 0 ? null : shape.lengthOf(held)
        if (length === null || (length !== 'noise' && held.length < length)) return frames
        const frame = length === 'noise' ? null : held.slice(0, length)
        if (frame && shape.isWhole(frame)) {
          frames.push(frame)
          held = held.slice(frame.length)
        } else held = held.slice(1)
      }
    },
  }
}

function delimited(
  isEnd: (byte: number) => boolean,
  decode: (piece: Uint8Array) => Uint8Array | null,
): Framer {
  let held: number[] = []
  let isTooLong = false
  return {
    push(bytes) {
      const frames: Uint8Array[] = []
      for (const byte of bytes) {
        if (!isEnd(byte)) {
          isTooLong ||= held.length >= longestFrame
          if (!isTooLong) held.push(byte)
          continue
        }
        const frame = held.length === 0 || isTooLong ? null : decode(Uint8Array.from(held))
        if (frame) frames.push(frame)
        held = []
        isTooLong = false
      }
      return frames
    },
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
