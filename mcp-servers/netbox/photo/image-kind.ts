/** What a file is by its first bytes, whatever its name says. */
export type ImageKind =
  | { kind: 'jpeg' }
  | { kind: 'png' }
  | { kind: 'webp' }
  | { kind: 'heic' }
  | { kind: 'other'; why: string }

const useInstead = 'Take a photo or save it as JPEG, PNG, WebP or HEIC.'

interface Signature {
  /** Bytes from `at`; text is compared as Latin-1. */
  at: number
  bytes: string
  name: string
}

/** Magic numbers: ITU T.81 (SOI), PNG 1.2 §3.1, RFC 9649 (WebP), GIF89a, TIFF 6.0, PDF, BMP, ZIP APPNOTE. */
const others: Signature[] = [
  { at: 0, bytes: 'GIF8', name: 'a GIF' },
  { at: 0, bytes: '%PDF', name: 'a PDF' },
  { at: 0, bytes: 'BM', name: 'a BMP picture' },
  { at: 0, bytes: 'II*\0', name: 'a TIFF or camera raw file' },
  { at: 0, bytes: 'MM\0*', name: 'a TIFF or camera raw file' },
  { at: 0, bytes: 'PK\x03\x04', name: 'a ZIP archive' },
]

export function imageKind(bytes: Uint8Array): ImageKind {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return { kind: 'jpeg' }
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'png' }
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return { kind: 'webp' }
  if (head.slice(4, 8) === 'ftyp') return boxedKind(head)
  const known = others.find((signature) => head.startsWith(signature.bytes, signature.at))
  if (known) return { kind: 'other', why: `This is ${known.name}, not a photo. ${useInstead}` }
  if (/<svg|<\?xml|<!doctype svg/i.test(head))
    return { kind: 'other', why: `This is an SVG drawing, not a photo. ${useInstead}` }
  return { kind: 'other', why: `This is not a picture that HWLab can open. ${useInstead}` }
}

/** Brands of ISO/IEC 23008-12 (HEIF): HEVC pictures and their containers. */
function boxedKind(head: string): ImageKind {
  const brands = head.slice(8, 64)
  if (/^(heic|heix|heim|heis|hevc|hevx)/.test(brands)) return { kind: 'heic' }
  if (/^(mif1|msf1)/.test(brands) && /hei[cxms]/.test(brands)) return { kind: 'heic' }
  if (/^avi[fs]/.test(brands)) return { kind: 'other', why: `This is an AVIF picture. ${useInstead}` }
  return { kind: 'other', why: `This is a video, not a photo. ${useInstead}` }
}
