import { type Bitmap, blacken, blankBitmap, isBlack } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import { brotherRolls } from '../../labels/stock/brother-dk.ts'
import { unpackBits } from '../pack-bits.ts'

export interface DecodedPage {
  media: LabelMedia
  label: Bitmap
  cutAtEnd: boolean
  /** Rows that the page announced; a printer complains when they are not what came. */
  announcedRows: number
}

export type JobEvent =
  | { kind: 'status-asked' }
  | { kind: 'page'; page: DecodedPage }
  | { kind: 'not-understood'; why: string }

interface PageSettings {
  media: LabelMedia | null
  announcedRows: number
  cutAtEnd: boolean
  packed: boolean
  twoColours: boolean
}

/** Head widths that exist, and the dots at the right of the wide one that no roll reaches. */
const spareDotsOfHead: Record<number, number> = { 90: 0, 162: 44 }

const noSettings: PageSettings = {
  media: null,
  announcedRows: 0,
  cutAtEnd: false,
  packed: false,
  twoColours: false,
}

/** What a Brother QL makes of the bytes it gets; written from the manual's side, as an oracle for the encoder. */
export class JobDecoder {
  #pending: Uint8Array = new Uint8Array()
  #settings = noSettings
  #rows: Uint8Array[] = []
  #redRows = 0
  readonly #headBytes: number

  constructor(headBytes = 90) {
    this.#headBytes = headBytes
  }

  push(bytes: Uint8Array): JobEvent[] {
    this.#pending = Buffer.concat([this.#pending, bytes])
    const events: JobEvent[] = []
    let at = 0
    for (;;) {
      const lengthBytes = commandLength(this.#pending, at)
      if (lengthBytes === null || at + lengthBytes > this.#pending.length) break
      const event = this.#take(this.#pending.subarray(at, at + lengthBytes))
      if (event) events.push(event)
      at += lengthBytes
    }
    this.#pending = this.#pending.slice(at)
    return events
  }

  #take(command: Uint8Array): JobEvent | null {
    switch (command[0]) {
      case 0x00:
        return null
      case 0x1b:
        return this.#escape(command)
      case 0x4d:
        this.#settings = { ...this.#settings, packed: command[1] === 0x02 }
        return null
      case 0x5a:
        this.#rows.push(new Uint8Array(this.#headBytes))
        return null
      case 0x67:
        return this.#row(command.subarray(3))
      case 0x77:
        return command[1] === 0x01 ? this.#row(command.subarray(3)) : this.#redRow(command.subarray(3))
      case 0x0c:
      case 0x1a:
        return this.#page()
      default:
        return { kind: 'not-understood', why: `unknown command ${(command[0] ?? 0).toString(16)}` }
    }
  }

  #escape(command: Uint8Array): JobEvent | null {
    if (command.length === 1) return { kind: 'not-understood', why: 'an unknown escape' }
    if (command[1] === 0x40) {
      this.#settings = noSettings
      this.#rows = []
      this.#redRows = 0
      return null
    }
    switch (command[2]) {
      case 0x53:
        return { kind: 'status-asked' }
      case 0x7a:
        this.#settings = { ...this.#settings, ...printInformation(command) }
        return this.#settings.media ? null : { kind: 'not-understood', why: 'unknown media' }
      case 0x4b:
        this.#settings = {
          ...this.#settings,
          cutAtEnd: ((command[3] ?? 0) & 0x08) !== 0,
          twoColours: ((command[3] ?? 0) & 0x01) !== 0,
        }
        return null
      default:
        return null
    }
  }

  /** Tape of 62 mm is the two-colour one when both colours came. */
  #roll(isTwoColours: boolean): LabelMedia | null {
    const { media } = this.#settings
    const isSame = (roll: LabelMedia) =>
      roll.kind === media?.kind && roll.widthMm === media.widthMm && roll.lengthMm === media.lengthMm
    return brotherRolls.find((roll) => roll.hasRed === isTwoColours && isSame(roll)) ?? null
  }

  /** The label right of the roll's offset, mirrored back. */
  #label(rows: Uint8Array[], media: LabelMedia): Bitmap {
    const head: Bitmap = { widthDots: this.#headBytes * 8, heightDots: rows.length, rows }
    const right = media.offsetDots + (spareDotsOfHead[this.#headBytes] ?? 0)
    const label = blankBitmap(media.widthDots, rows.length)
    for (let y = 0; y < rows.length; y += 1) {
      for (let x = 0; x < media.widthDots; x += 1) {
        if (isBlack(head, right + media.widthDots - 1 - x, y)) blacken(label, x, y)
      }
    }
    return label
  }

  #unpacked(data: Uint8Array): Uint8Array | null {
    const row = this.#settings.packed ? unpackBits(data, this.#headBytes) : data.slice()
    return row?.length === this.#headBytes ? row : null
  }

  #row(data: Uint8Array): JobEvent | null {
    const row = this.#unpacked(data)
    if (!row) return { kind: 'not-understood', why: 'a row of another width' }
    this.#rows.push(row)
    return null
  }

  #redRow(data: Uint8Array): JobEvent | null {
    const row = this.#unpacked(data)
    if (!row || row.some((byte) => byte !== 0)) return { kind: 'not-understood', why: 'red dots' }
    this.#redRows += 1
    return null
  }

  #page(): JobEvent {
    const { announcedRows, cutAtEnd, twoColours } = this.#settings
    const rows = this.#rows
    const media = this.#roll(twoColours && this.#redRows === rows.length)
    this.#rows = []
    this.#redRows = 0
    if (!media) return { kind: 'not-understood', why: 'a page without print information' }
    return {
      kind: 'page',
      page: { media, label: this.#label(rows, media), cutAtEnd, announcedRows },
    }
  }
}

/** null: more bytes are needed to know. An unknown byte is a command of its own, so that the stream goes on. */
function commandLength(bytes: Uint8Array, at: number): number | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first === 0x4d) return 2
  if (first === 0x67 || first === 0x77) {
    const dataBytes = bytes[at + 2]
    return dataBytes === undefined ? null : 3 + dataBytes
  }
  if (first !== 0x1b) return 1
  const second = bytes[at + 1]
  if (second === undefined) return null
  if (second === 0x40) return 2
  if (second !== 0x69) return 1
  const third = bytes[at + 2]
  return third === undefined ? null : (escapeLengths[third] ?? 1)
}

const escapeLengths: Record<number, number> = {
  83: 3,
  97: 4,
  122: 13,
  77: 4,
  65: 4,
  75: 4,
  100: 5,
}

/** 1B 69 7A flags kind width length rows×4 page 00 */
function printInformation(command: Uint8Array): Pick<PageSettings, 'media' | 'announcedRows'> {
  const view = new DataView(command.buffer, command.byteOffset, command.byteLength)
  const kind = view.getUint8(4) === 0x0a ? 'continuous' : 'die-cut'
  const widthMm = view.getUint8(5)
  const lengthMm = view.getUint8(6)
  const media = brotherRolls.find(
    (row) => row.kind === kind && row.widthMm === widthMm && row.lengthMm === lengthMm,
  )
  return { media: media ?? null, announcedRows: view.getUint32(7, true) }
}
