import { type Bitmap, blankBitmap } from '../../labels/bitmap.ts'
import { type Packet, PacketStream } from './packet.ts'

export type NiimbotEvent =
  /** Something that is answered. */
  | { kind: 'asked'; packet: Packet }
  | { kind: 'page'; label: Bitmap }
  | { kind: 'not-understood'; why: string }

const unanswered = { blankRows: 0x84, row: 0x85, singleDots: 0x83 }

/** What a NIIMBOT makes of the packets it gets; written from the captures' side, as an oracle for the encoder. */
export class NiimbotDecoder {
  readonly #stream = new PacketStream()
  readonly #headDots: number
  #page: Bitmap = blankBitmap(0, 0)
  #filled = 0

  constructor(headDots: number) {
    this.#headDots = headDots
  }

  push(bytes: Uint8Array): NiimbotEvent[] {
    return this.#stream.push(bytes).flatMap((packet) => this.#take(packet))
  }

  #take(packet: Packet): NiimbotEvent[] {
    switch (packet.command) {
      case 0x13:
        this.#page = blankBitmap(
          packet.data.length > 2 ? wordAt(packet.data, 2) : this.#headDots,
          wordAt(packet.data, 0),
        )
        this.#filled = 0
        return [{ kind: 'asked', packet }]
      case unanswered.blankRows:
        this.#filled += packet.data[2] ?? 0
        return []
      case unanswered.row:
        return this.#row(packet.data)
      case unanswered.singleDots:
        return [{ kind: 'not-understood', why: 'single dots: a real printer may power off' }]
      case 0xe3: {
        const isWhole = this.#filled === this.#page.heightDots
        const page: NiimbotEvent = isWhole
          ? { kind: 'page', label: this.#page }
          : { kind: 'not-understood', why: `${this.#filled} of ${this.#page.heightDots} rows` }
        return [page, { kind: 'asked', packet }]
      }
      default:
        return [{ kind: 'asked', packet }]
    }
  }

  /** row (two bytes), three counts of black dots, repeats, dots */
  #row(data: Uint8Array): NiimbotEvent[] {
    const y = wordAt(data, 0)
    const repeats = data[5] ?? 0
    const dots = data.slice(6)
    if (dots.length !== Math.ceil(this.#page.widthDots / 8) || y !== this.#filled)
      return [{ kind: 'not-understood', why: 'a row of another width, or out of turn' }]
    if (!this.#isCounted(data.subarray(2, 5), dots))
      return [{ kind: 'not-understood', why: 'a row with other dots than it counts' }]
    for (let at = 0; at < repeats; at += 1) this.#page.rows[y + at]?.set(dots)
    this.#filled += repeats
    return []
  }

  #isCounted([first = 0, second = 0, third = 0]: Uint8Array, dots: Uint8Array): boolean {
    const black = (from: number, to: number) =>
      Array.from(dots.subarray(from, to), (byte) => byte.toString(2).replaceAll('0', '').length).reduce(
        (sum, count) => sum + count,
        0,
      )
    const third3 = Math.floor(this.#headDots / 24)
    const isThirds =
      first === black(0, third3) &&
      second === black(third3, 2 * third3) &&
      third === black(2 * third3, dots.length)
    return isThirds || (first === 0 && second + 256 * third === black(0, dots.length))
  }
}

function wordAt(data: Uint8Array, at: number): number {
  return (data[at] ?? 0) * 256 + (data[at + 1] ?? 0)
}
