import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import sharp, { type Sharp } from 'sharp'
import { decodeHeic } from './decode-heic.ts'
import { imageKind } from './image-kind.ts'
import type { PreparedPhoto } from './prepare-photo.ts'
import type { WorkerReply } from './worker-pool.ts'

/** The thread that decodes uploads: nothing that a stranger sent is parsed elsewhere. */

/** 64 million: above what phones take, below what a small machine can hold. */
const mostPixels = 64_000_000
/** 12-megapixel photos stay as they are; larger ones shrink to about that. Small print needs the pixels. */
const longestSidePixels = 4096

const broken = 'This picture is damaged or cut off. Send it again, or take another photo.'
const tooLarge = 'This picture has more than 64 million pixels. Take it at a lower resolution.'

sharp.block({
  operation: [
    'Svg',
    'Pdf',
    'Magick',
    'Nsgif',
    'Tiff',
    'Heif',
    'Ppm',
    'Rad',
    'Fits',
    'Jxl',
    'Csv',
    'Matrix',
  ].map((loader) => `VipsForeignLoad${loader}`),
})
sharp.cache(false)
sharp.concurrency(1)

type Opened = { kind: 'opened'; picture: Sharp } | { kind: 'refused'; why: string }

async function open(bytes: Uint8Array): Promise<Opened> {
  const found = imageKind(bytes)
  if (found.kind === 'other') return { kind: 'refused', why: found.why }
  if (found.kind === 'heic') {
    const heic = await decodeHeic(bytes, mostPixels)
    if (heic.kind !== 'decoded')
      return { kind: 'refused', why: heic.kind === 'too-large' ? tooLarge : broken }
    const raw = { width: heic.width, height: heic.height, channels: 4 as const }
    return { kind: 'opened', picture: sharp(heic.pixels, { raw }) }
  }
  const size = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (!size) return { kind: 'refused', why: broken }
  if (size.width * size.height > mostPixels) return { kind: 'refused', why: tooLarge }
  if (Math.min(size.width, size.height) < 16)
    return { kind: 'refused', why: 'This picture is too small to show a label. Take a closer photo.' }
  return {
    kind: 'opened',
    picture: sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels, autoOrient: true }),
  }
}

async function prepare(bytes: Uint8Array): Promise<PreparedPhoto> {
  const opened = await open(bytes)
  if (opened.kind === 'refused') return opened
  const jpeg = await opened.picture
    .resize({ width: longestSidePixels, height: longestSidePixels, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 90 })
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)
  if (!jpeg) return { kind: 'refused', why: broken }
  return {
    kind: 'prepared',
    bytes: new Uint8Array(jpeg.data),
    widthPixels: jpeg.info.width,
    heightPixels: jpeg.info.height,
    sha256: createHash('sha256').update(jpeg.data).digest('hex'),
  }
}

function send(reply: WorkerReply): void {
  parentPort?.postMessage(reply)
}

parentPort?.on('message', (bytes: Uint8Array) => {
  prepare(bytes).then(
    (result) => send({ kind: 'done', result }),
    // The decoders of foreign bytes throw what they like; whatever it is, the file is not usable.
    () => send({ kind: 'done', result: { kind: 'refused', why: broken } }),
  )
})
