/** A frame of NIIMBOT: `55 55 | command | length | data | xor of the three | AA AA`. Source: MultiMote/niimbluelib. */
export interface Packet {
  command: number
  data: Uint8Array
}

const head = 0x55
const tail = 0xaa
const frameBytes = 7

export function packet(command: number, data: readonly number[] | Uint8Array = [1]): Uint8Array {
  const body = [command, data.length, ...data]
  return Uint8Array.of(head, head, ...body, xorOf(body), tail, tail)
}

function xorOf(bytes: readonly number[] | Uint8Array): number {
  let xor = 0
  for (const byte of bytes) xor ^= byte
  return xor
}

/** Finds frames in a stream, whatever is between them: a damaged one costs itself and nothing behind it. */
export class PacketStream {
  #pending: Uint8Array = new Uint8Array()

  push(bytes: Uint8Array): Packet[] {
    this.#pending = Buffer.concat([this.#pending, bytes])
    const found: Packet[] = []
    let at = 0
    for (;;) {
      const lengthBytes = this.#frameAt(at)
      if (lengthBytes === 'more') break
      if (lengthBytes === 'none') {
        at += 1
        continue
      }
      const frame = this.#pending.subarray(at, at + lengthBytes)
      found.push({ command: frame[2] ?? 0, data: frame.slice(4, lengthBytes - 3) })
      at += lengthBytes
    }
    this.#pending = this.#pending.slice(at)
    return found
  }

  #frameAt(at: number): number | 'none' | 'more' {
    const bytes = this.#pending
    if (at >= bytes.length) return 'more'
    if (bytes[at] !== head) return 'none'
    if (at + 1 < bytes.length && bytes[at + 1] !== head) return 'none'
    const dataBytes = bytes[at + 3]
    if (dataBytes === undefined || bytes.length < at + frameBytes + dataBytes)
      return this.#hidesWholeFrame(at) ? 'none' : 'more'
    const end = at + frameBytes + dataBytes
    const isWhole =
      bytes[end - 1] === tail &&
      bytes[end - 2] === tail &&
      bytes[end - 3] === xorOf(bytes.subarray(at + 2, end - 3))
    return isWhole ? end - at : 'none'
  }

  /** A length byte that was damaged must not swallow the good frame behind it. */
  #hidesWholeFrame(from: number): boolean {
    const bytes = this.#pending
    for (let at = from + 1; at + frameBytes <= bytes.length; at += 1) {
      const end = at + frameBytes + (bytes[at + 3] ?? 0)
      const isFrame =
        bytes[at] === head &&
        bytes[at + 1] === head &&
        end <= bytes.length &&
        bytes[end - 1] === tail &&
        bytes[end - 2] === tail &&
        bytes[end - 3] === xorOf(bytes.subarray(at + 2, end - 3))
      if (isFrame) return true
    }
    return false
  }
}
