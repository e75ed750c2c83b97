import { type Bitmap, blacken, blankBitmap, isBlack } from '../../labels/bitmap.ts'

export type TsplEvent =
  | { kind: 'status-asked' }
  /** The whole label, as large as SIZE says. */
  | { kind: 'label'; label: Bitmap; copies: number }
  | { kind: 'not-understood'; why: string }

const setUp = /^(GAP|BLINE|DIRECTION|REFERENCE|DENSITY|SPEED|OFFSET|SET|CODEPAGE)\b/
const longestLineBytes = 1000

/** What a TSPL printer makes of the bytes it gets; written from the manual's side, as an oracle for the encoder. */
export class TsplDecoder {
  #pending: Buffer = Buffer.alloc(0)
  #label: Bitmap = blankBitmap(0, 0)
  readonly #dotsPerInch: number

  constructor(dotsPerInch: number) {
    this.#dotsPerInch = dotsPerInch
  }

  push(bytes: Uint8Array): TsplEvent[] {
    this.#pending = Buffer.concat([this.#pending, bytes])
    const events: TsplEvent[] = []
    for (;;) {
      const taken = this.#takeEscape(events) || this.#takeBitmap(events) || this.#takeLine(events)
      if (!taken) return events
    }
  }

  #takeEscape(events: TsplEvent[]): boolean {
    if (this.#pending[0] !== 0x1b || this.#pending.length < 3) return false
    const isStatus = this.#pending[1] === 0x21 && this.#pending[2] === 0x3f
    events.push(isStatus ? { kind: 'status-asked' } : { kind: 'not-understood', why: 'an unknown escape' })
    this.#pending = this.#pending.subarray(3)
    return true
  }

  /** BITMAP x,y,<bytes across>,<dots down>,<mode>,<data> */
  #takeBitmap(events: TsplEvent[]): boolean {
    const head = /^BITMAP (\d+),(\d+),(\d+),(\d+),0,/.exec(this.#pending.subarray(0, 80).toString('latin1'))
    if (!head) return false
    const [left = 0, top = 0, rowBytes = 0, heightDots = 0] = head.slice(1).map(Number)
    const from = head[0].length
    const to = from + rowBytes * heightDots
    if (this.#pending.length < to) return false
    const rows = Array.from({ length: heightDots }, (_, y) =>
      this.#pending.subarray(from + y * rowBytes, from + (y + 1) * rowBytes),
    )
    const isOver =
      left + rowBytes * 8 > this.#label.widthDots + 7 || top + heightDots > this.#label.heightDots
    if (isOver) events.push({ kind: 'not-understood', why: 'a picture over the edge of the label' })
    this.#draw({ widthDots: rowBytes * 8, heightDots, rows }, left, top)
    this.#pending = this.#pending.subarray(to)
    return true
  }

  #draw(picture: Bitmap, left: number, top: number): void {
    for (let y = 0; y < picture.heightDots; y += 1) {
      for (let x = 0; x < picture.widthDots && left + x < this.#label.widthDots; x += 1) {
        if (!isBlack(picture, x, y)) blacken(this.#label, left + x, top + y)
      }
    }
  }

  #takeLine(events: TsplEvent[]): boolean {
    const isBitmapBegun = /^BITMAP /.test(this.#pending.subarray(0, 7).toString('latin1'))
    const end = isBitmapBegun ? -1 : this.#pending.indexOf('\r\n')
    if (this.#pending[0] === 0x1b) return false
    if (end < 0) {
      if (isBitmapBegun || this.#pending.length < longestLineBytes) return false
      this.#pending = Buffer.alloc(0)
      events.push({ kind: 'not-understood', why: 'a line without an end' })
      return false
    }
    const text = this.#pending.subarray(0, end).toString('latin1').trim()
    this.#pending = this.#pending.subarray(end + 2)
    const event = this.#command(text)
    if (event) events.push(event)
    return true
  }

  #command(text: string): TsplEvent | null {
    if (text === '' || setUp.test(text)) return null
    const size = /^SIZE ([\d.]+) mm,([\d.]+) mm$/.exec(text)
    if (size) {
      const [widthDots = 0, heightDots = 0] = size
        .slice(1)
        .map((mm) => Math.round((Number(mm) / 25.4) * this.#dotsPerInch))
      this.#label = blankBitmap(widthDots, heightDots)
      return null
    }
    if (text === 'CLS') {
      this.#label = blankBitmap(this.#label.widthDots, this.#label.heightDots)
      return null
    }
    const print = /^PRINT (\d+)(?:,(\d+))?$/.exec(text)
    if (print) return { kind: 'label', label: this.#label, copies: Number(print[1]) * Number(print[2] ?? 1) }
    return { kind: 'not-understood', why: text.slice(0, 30) }
  }
}
