import { inflateSync } from 'node:zlib'
import { type Bitmap, blacken, blankBitmap, isBlack } from '../../labels/bitmap.ts'

export type ZplEvent =
  | { kind: 'asked'; what: string }
  | { kind: 'cancelled' }
  /** The whole label, as wide and long as ^PW and ^LL say. */
  | { kind: 'label'; label: Bitmap; copies: number }
  | { kind: 'not-understood'; why: string }

interface Format {
  widthDots: number
  lengthDots: number
  left: number
  top: number
  copies: number
  graphics: { left: number; top: number; graphic: Bitmap }[]
}

const noFormat: Format = { widthDots: 0, lengthDots: 0, left: 0, top: 0, copies: 1, graphics: [] }
const immediate = ['HQES', 'HS', 'HI', 'JA']

/** What a ZPL printer makes of the bytes it gets; written from the guide's side, as an oracle for the encoder. */
export class ZplDecoder {
  #text = ''
  #format: Format | null = null

  push(bytes: Uint8Array): ZplEvent[] {
    this.#text += Buffer.from(bytes).toString('latin1')
    const events: ZplEvent[] = []
    for (;;) {
      const start = this.#text.search(/[\^~]/)
      if (start < 0) {
        this.#text = ''
        return events
      }
      this.#text = this.#text.slice(start)
      const command = this.#next()
      if (command === null) return events
      this.#text = this.#text.slice(command.length)
      const event = this.#take(command)
      if (event) events.push(event)
    }
  }

  /** A command ends where the next one begins; questions and the end of a format are complete by themselves. */
  #next(): string | null {
    const own = immediate.find((name) => this.#text.startsWith(`~${name}`))
    if (own) return `~${own}`
    if (/^~(H|HQ|HQE|J)?$/.test(this.#text)) return null
    if (this.#text.startsWith('^XZ')) return '^XZ'
    const end = this.#text.slice(1).search(/[\^~]/)
    return end < 0 ? null : this.#text.slice(0, end + 1)
  }

  #take(command: string): ZplEvent | null {
    const name = command.slice(1, 3)
    if (command.startsWith('~')) {
      if (name === 'JA') return { kind: 'cancelled' }
      return immediate.includes(command.slice(1))
        ? { kind: 'asked', what: command.slice(1) }
        : { kind: 'not-understood', why: command.slice(0, 5) }
    }
    if (name === 'XA') {
      this.#format = { ...noFormat, graphics: [] }
      return null
    }
    const format = this.#format
    if (!format) return { kind: 'not-understood', why: `${command.slice(0, 5)} outside a format` }
    if (name === 'XZ') {
      this.#format = null
      return { kind: 'label', label: drawn(format), copies: format.copies }
    }
    return this.#field(format, name, command.slice(3))
  }

  #field(format: Format, name: string, rest: string): ZplEvent | null {
    const numbers = rest.split(',').map(Number)
    switch (name) {
      case 'PW':
        format.widthDots = numbers[0] ?? 0
        return null
      case 'LL':
        format.lengthDots = numbers[0] ?? 0
        return null
      case 'FO':
        format.left = numbers[0] ?? 0
        format.top = numbers[1] ?? 0
        return null
      case 'PQ':
        format.copies = numbers[0] ?? 1
        return null
      case 'GF': {
        const graphic = graphicField(rest)
        if (!graphic) return { kind: 'not-understood', why: 'a graphic field that is not what it says' }
        format.graphics.push({ left: format.left, top: format.top, graphic })
        return null
      }
      default:
        return null
    }
  }
}

function drawn(format: Format): Bitmap {
  const label = blankBitmap(format.widthDots, format.lengthDots)
  for (const { left, top, graphic } of format.graphics) {
    for (let y = 0; y < graphic.heightDots; y += 1) {
      for (let x = 0; x < graphic.widthDots; x += 1) {
        if (isBlack(graphic, x, y) && left + x < label.widthDots) blacken(label, left + x, top + y)
      }
    }
  }
  return label
}

/** `A,<sent>,<total>,<per row>,<data>` */
function graphicField(rest: string): Bitmap | null {
  const parts = /^A,(\d+),(\d+),(\d+),([\s\S]*)$/.exec(rest)
  if (!parts) return null
  const [totalBytes, rowBytes, data] = [Number(parts[2]), Number(parts[3]), parts[4] ?? '']
  const bytes = data.startsWith(':') && /^:[BZ]64:/.test(data) ? base64Data(data) : asciiData(data, rowBytes)
  if (bytes?.length !== totalBytes) return null
  const rows = Array.from({ length: totalBytes / rowBytes }, (_, y) =>
    bytes.slice(y * rowBytes, (y + 1) * rowBytes),
  )
  return { widthDots: rowBytes * 8, heightDots: rows.length, rows }
}

/** `:B64:<base64>:<crc>` or `:Z64:<base64 of deflated>:<crc>` */
function base64Data(data: string): Uint8Array | null {
  const [, coding, text = '', crc = ''] = data.split(':')
  if (crc16(Buffer.from(text, 'latin1')) !== Number.parseInt(crc, 16)) return null
  const bytes = Buffer.from(text, 'base64')
  return coding === 'Z64' ? inflateSync(bytes) : bytes
}

/** CRC-16/XMODEM over the text. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1
  }
  return crc
}

function asciiData(data: string, rowBytes: number): Uint8Array | null {
  const rowDigits = rowBytes * 2
  const rows: string[] = []
  let row = ''
  let times = 0
  for (const character of data) {
    const code = character.charCodeAt(0)
    if (character >= 'G' && character <= 'Y') times += code - 70
    else if (character >= 'g' && character <= 'z') times += (code - 102) * 20
    else if (/[0-9A-Fa-f]/.test(character)) {
      row += character.repeat(times || 1)
      times = 0
    } else if (character === ',') row = row.padEnd(rowDigits, '0')
    else if (character === '!') row = row.padEnd(rowDigits, 'F')
    else if (character === ':') row = rows.at(-1) ?? ''
    else if (!/\s/.test(character)) return null
    if (row.length > rowDigits) return null
    if (row.length === rowDigits) {
      rows.push(row)
      row = ''
    }
  }
  return row === '' ? Buffer.from(rows.join(''), 'hex') : null
}
