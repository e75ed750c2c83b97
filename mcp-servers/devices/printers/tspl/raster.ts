import type { Bitmap } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/label-media.ts'

const gapMm = 2

/** One label: TSC, "TSPL/TSPL2 Programming Language". In BITMAP a 0 bit is black, the other way round than elsewhere. */
export function tsplLabel(bitmap: Bitmap, media: LabelMedia): Uint8Array {
  const margin = media.offsetDots
  const rowBytes = Math.ceil(bitmap.widthDots / 8)
  const opening = [
    `SIZE ${media.widthMm} mm,${media.lengthMm} mm`,
    `GAP ${gapMm} mm,0 mm`,
    'DIRECTION 0',
    'REFERENCE 0,0',
    'CLS',
    `BITMAP ${margin},${margin},${rowBytes},${bitmap.heightDots},0,`,
  ].join('\r\n')
  return Buffer.concat([
    Buffer.from(opening, 'latin1'),
    ...bitmap.rows.map((row) => row.map((byte) => ~byte & 0xff)),
    Buffer.from('\r\nPRINT 1,1\r\n', 'latin1'),
  ])
}
