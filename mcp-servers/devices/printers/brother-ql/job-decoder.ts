import type { Bitmap } from '../../labels/bitmap.ts'
import { type LabelMedia, labelMedia } from '../../labels/media.ts'
import { unpackBits } from '../pack-bits.ts'
import { headBytes } from './models.ts'
import { labelFromHeadRows } from './raster.ts'

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
}

const noSettings: PageSettings = { media: null, announcedRows: 0, cutAtEnd: false, packed: false }

/** What a Brother QL makes of the bytes it gets; written from the manual's side, as an oracle for the encoder. */
export class JobDecoder {
  #pending: Uint8Array = new Uint8Array()
  #settings = noSettings
  #rows: Uint8Array[] = []

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
        this.#rows.push(new Uint8Array(headBytes))
        return null
      case 0x67:
        return this.#row(command.subarray(3))
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
      return null
    }
    switch (command[2]) {
      case 0x53:
        return { kind: 'status-asked' }
      case 0x7a:
        this.#settings = { ...this.#settings, ...printInformation(command) }
        return this.#settings.media ? null : { kind: 'not-understood', why: 'unknown media' }
      case 0x4b:
        this.#settings = { ...this.#settings, cutAtEnd: ((command[3] ?? 0) & 0x08) !== 0 }
        return null
      default:
        return null
    }
  }

  #row(data: Uint8Array): JobEvent | null {
    const row = this.#settings.packed ? unpackBits(data, headBytes) : data.slice()
    if (row?.length !== headBytes) return { kind: 'not-understood', why: 'a row of another width' }
    this.#rows.push(row)
    return null
  }

  #page(): JobEvent {
    const { media, announcedRows, cutAtEnd } = this.#settings
    const rows = this.#rows
    this.#rows = []
    if (!media) return { kind: 'not-understood', why: 'a page without print information' }
    return {
      kind: 'page',
      page: { media, label: labelFromHeadRows(rows, media), cutAtEnd, announcedRows },
    }
  }
}

/** null: more bytes are needed to know. An unknown byte is a command of its own, so that the stream goes on. */
function commandLength(bytes: Uint8Array, at: number): number | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first === 0x4d) return 2
  if (first === 0x67) {
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
  const media = labelMedia.find(
    (row) => row.kind === kind && row.widthMm === widthMm && row.lengthMm === lengthMm,
  )
  return { media: media ?? null, announcedRows: view.getUint32(7, true) }
}
