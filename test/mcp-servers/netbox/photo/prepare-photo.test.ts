import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { preparePhoto } from '../../../../mcp-servers/netbox/photo/prepare-photo.ts'

vi.setConfig({ testTimeout: 60_000 })

const gray = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } })

/** Noise, so that the file is as long as a real photo's and a cut falls into its pixels. */
async function noisyPhoto(format: 'jpeg' | 'png' | 'webp'): Promise<Buffer> {
  const picture = sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: '#888888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
  return picture.toFormat(format).toBuffer()
}

async function whyRefused(bytes: Uint8Array, name = 'photo.jpg'): Promise<string> {
  const result = await preparePhoto(bytes, name)
  return result.kind === 'refused' ? result.why : `accepted: ${result.widthPixels}`
}

test.each(['jpeg', 'png', 'webp'] as const)('a %s photo becomes a JPEG with its hash', async (format) => {
  const result = await preparePhoto(await noisyPhoto(format), 'photo')
  expect(result).toMatchObject({ kind: 'prepared', widthPixels: 640, heightPixels: 480 })
  if (result.kind !== 'prepared') return
  expect((await sharp(result.bytes).metadata()).format).toBe('jpeg')
  expect(result.sha256).toBe(createHash('sha256').update(result.bytes).digest('hex'))
})

test('a photo that a phone marked as turned is stored upright', async () => {
  const turned = await gray(400, 300).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  expect(await preparePhoto(turned, 'turned.jpg')).toMatchObject({ widthPixels: 300, heightPixels: 400 })
})

test('place, time and camera are stripped from a photo', async () => {
  const tagged = await gray(400, 300)
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' } })
    .jpeg()
    .toBuffer()
  expect((await sharp(tagged).metadata()).exif).toBeDefined()
  const result = await preparePhoto(tagged, 'tagged.jpg')
  if (result.kind !== 'prepared') throw new Error(result.why)
  const left = await sharp(result.bytes).metadata()
  expect([left.exif, left.xmp, left.iptc, left.icc]).toEqual([undefined, undefined, undefined, undefined])
})

test('a photo larger than twelve megapixels is brought down to a longest side of 4096', async () => {
  const large = await gray(6000, 4500).jpeg().toBuffer()
  expect(await preparePhoto(large, 'large.jpg')).toMatchObject({ widthPixels: 4096, heightPixels: 3072 })
})

test.each([
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'SVG'],
  ['an SVG behind an XML header', '<?xml version="1.0"?><svg/>', 'SVG'],
  ['a GIF', 'GIF89a....', 'GIF'],
  ['a PDF', '%PDF-1.7', 'PDF'],
  ['a ZIP archive', 'PK\x03\x04....', 'ZIP'],
  ['an AVIF picture', '\0\0\0\x20ftypavif', 'AVIF'],
  ['a video', '\0\0\0\x20ftypisom', 'video'],
  ['a text', 'just a text', 'not a picture'],
])('%s is refused with its own sentence, whatever its name', async (_, content, word) => {
  expect(await whyRefused(Buffer.from(content, 'latin1'))).toContain(word)
})

test('an empty file and one over 10 MB are refused before anything reads them', async () => {
  expect(await whyRefused(new Uint8Array(0))).toContain('is empty')
  expect(await whyRefused(new Uint8Array(10 * 1024 * 1024 + 1))).toContain('larger than 10 MB')
})

test.each(['jpeg', 'png', 'webp'] as const)('a %s that was cut off is refused', async (format) => {
  const whole = await noisyPhoto(format)
  expect(await whyRefused(whole.subarray(0, Math.floor(whole.length * 0.6)))).toContain('damaged or cut off')
})

test('a HEIC file that holds nothing is refused, and the next photo is still taken', async () => {
  const broken = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(200, 7),
  ])
  expect(await whyRefused(broken, 'IMG_1.HEIC')).toContain('damaged or cut off')
  expect(await preparePhoto(await noisyPhoto('jpeg'), 'next.jpg')).toMatchObject({ kind: 'prepared' })
})

test('a small file that unpacks to 256 million pixels is refused', async () => {
  const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(bomb.length).toBeLessThan(1_500_000)
  expect(await whyRefused(bomb, 'bomb.png')).toContain('more than 64 million pixels')
})

test('a file name from a stranger reaches the sentence without its control characters', async () => {
  const why = await whyRefused(new Uint8Array(0), 'a\u202e<b>\n.jpg')
  expect(why).toBe('“ab.jpg” is empty. Send it again.')
})
