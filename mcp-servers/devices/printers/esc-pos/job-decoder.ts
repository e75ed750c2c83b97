import type { Bitmap } from '../../labels/bitmap.ts'

export type EscPosEvent =
  | { kind: 'status-asked'; question: number }
  | { kind: 'completion-asked' }
  /** What was printed until the paper was fed. */
  | { kind: 'label'; label: Bitmap }
  | { kind: 'not-understood'; why: string }

/** What an ESC/POS printer makes of the bytes it gets; written from the reference's side, as an oracle for the encoder. */
export class EscPosDecoder {
  #pending: Buffer = Buffer.alloc(0)
  #rows: Uint8Array[] = []

  push(bytes: Uint8Array): EscPosEvent[] {
    this.#pending = Buffer.concat([this.#pending, bytes])
    const events: EscPosEvent[] = []
    for (;;) {
      const length = commandLength(this.#pending)
      if (length === null || length > this.#pending.length) return events
      const event = this.#take(this.#pending.subarray(0, length))
      if (event) events.push(event)
      this.#pending = this.#pending.subarray(length)
    }
  }

  #take(command: Buffer): EscPosEvent | null {
    switch (command.subarray(0, 2).toString('hex')) {
      case '1004':
        return { kind: 'status-asked', question: command[2] ?? 0 }
      case '1d72':
        return { kind: 'completion-asked' }
      case '1d76':
        return this.#raster(command)
      case '1b40':
        this.#rows = []
        return null
      case '1b64':
        return this.#fed()
      case '1d56':
        return null
      default:
        return { kind: 'not-understood', why: command.subarray(0, 2).toString('hex') }
    }
  }

  /** 1D 76 30 m xL xH yL yH data */
  #raster(command: Buffer): EscPosEvent | null {
    const rowBytes = command.readUInt16LE(4)
    const data = command.subarray(8)
    for (let at = 0; at < data.length; at += rowBytes)
      this.#rows.push(Uint8Array.from(data.subarray(at, at + rowBytes)))
    return null
  }

  #fed(): EscPosEvent | null {
    const [first] = this.#rows
    if (!first) return null
    const label = { widthDots: first.length * 8, heightDots: this.#rows.length, rows: this.#rows }
    this.#rows = []
    return { kind: 'label', label }
  }
}

/** null: more bytes are needed to know. An unknown byte is a command of its own, so that the stream goes on. */
function commandLength(bytes: Buffer): number | null {
  const [first, second] = bytes
  if (first === undefined) return null
  if (first !== 0x10 && first !== 0x1b && first !== 0x1d) return 1
  if (second === undefined) return null
  const name = first * 256 + second
  if (name === 0x1d76) return bytes.length < 8 ? null : 8 + bytes.readUInt16LE(4) * bytes.readUInt16LE(6)
  if (name === 0x1d56) return bytes.length < 3 ? null : (bytes[2] ?? 0) >= 0x41 ? 4 : 3
  return { 4100: 3, 7538: 3, 6976: 2, 7012: 3 }[name] ?? 1
}
