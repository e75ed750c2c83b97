import { crc32, deflateSync } from 'node:zlib'
import type { Bitmap } from './bitmap.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A one-bit greyscale PNG with its resolution, so that "print at 100 %" gives the true size (PNG, ISO/IEC 15948). */
export function bitmapPng(bitmap: Bitmap, dotsPerInch: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(bitmap.widthDots, 0)
  header.writeUInt32BE(bitmap.heightDots, 4)
  header.writeUInt8(1, 8)
  const dotsPerMetre = Math.round(dotsPerInch / 0.0254)
  const density = Buffer.alloc(9)
  density.writeUInt32BE(dotsPerMetre, 0)
  density.writeUInt32BE(dotsPerMetre, 4)
  density.writeUInt8(1, 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('pHYs', density),
    chunk('IDAT', deflateSync(scanlines(bitmap))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function scanlines(bitmap: Bitmap): Buffer {
  const strideBytes = Math.ceil(bitmap.widthDots / 8)
  const lines = Buffer.alloc((strideBytes + 1) * bitmap.heightDots)
  bitmap.rows.forEach((row, y) => {
    const start = y * (strideBytes + 1) + 1
    for (let at = 0; at < strideBytes; at += 1) lines[start + at] = ~(row[at] ?? 0) & 0xff
  })
  return lines
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
