import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { fontFiles } from './label-fonts.ts'
import type { Random } from './random.ts'

interface Scene {
  pixels: Uint8Array
  width: number
  height: number
}

/** A chassis on a bench: brushed metal or plastic, vents, screws, ports with numbers, a cable. RGB. */
export async function drawBackground(width: number, height: number, random: Random): Promise<Buffer> {
  const base = random.pick([28, 46, 90, 130, 165, 196] as const)
  const tint = [random.between(-8, 8), random.between(-5, 5), random.between(-8, 10)]
  const small = { width: 48, height: 36 }
  const coarse = Buffer.alloc(small.width * small.height * 3)
  for (let at = 0; at < coarse.length; at += 3) {
    const level = base + random.between(-16, 16)
    for (let channel = 0; channel < 3; channel++)
      coarse[at + channel] = Math.max(0, level + (tint[channel] ?? 0))
  }
  const overlay = new Resvg(sceneSvg(width, height, base, random), {
    font: { loadSystemFonts: false, fontFiles },
  }).render()
  return sharp(coarse, { raw: { ...small, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .composite([
      { input: overlay.pixels, raw: { width: overlay.width, height: overlay.height, channels: 4 } },
    ])
    .removeAlpha()
    .raw()
    .toBuffer()
}

function sceneSvg(width: number, height: number, base: number, random: Random): string {
  const dark = `rgb(${base * 0.4},${base * 0.4},${base * 0.42})`
  const light = `rgb(${Math.min(255, base * 1.3 + 20)},${Math.min(255, base * 1.3 + 20)},${Math.min(255, base * 1.3 + 18)})`
  const unit = Math.max(width, height) / 60
  const pieces: string[] = []
  const vents = random.integer(0, 3)
  for (let group = 0; group < vents; group++) {
    const [x, y] = [random.between(0, width), random.between(0, height)]
    for (let slot = 0; slot < 9; slot++)
      pieces.push(
        `<rect x="${x + slot * unit * 1.4}" y="${y}" width="${unit * 0.7}" height="${unit * 7}" rx="${unit * 0.3}" fill="${dark}"/>`,
      )
  }
  for (let screw = random.integer(0, 5); screw > 0; screw--)
    pieces.push(
      `<circle cx="${random.between(0, width)}" cy="${random.between(0, height)}" r="${unit}" fill="${light}" stroke="${dark}"/>`,
    )
  const ports = random.integer(0, 8)
  const portTop = random.between(0, height)
  for (let port = 0; port < ports; port++) {
    pieces.push(
      `<rect x="${unit * (3 + port * 6)}" y="${portTop}" width="${unit * 5}" height="${unit * 4}" fill="${dark}" stroke="${light}" stroke-width="${unit * 0.15}"/>`,
      `<text x="${unit * (5 + port * 6)}" y="${portTop - unit * 0.6}" font-family="Arimo" font-size="${unit * 1.2}" fill="${light}">${port + 1}</text>`,
    )
  }
  if (random.chance(0.5))
    pieces.push(
      `<path d="M${random.between(0, width)} 0Q${width / 2} ${random.between(0, height)} ${width} ${random.between(0, height)}" fill="none" stroke="${random.pick(['#23486e', '#7a2222', '#303030'])}" stroke-width="${unit * 1.6}"/>`,
    )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${pieces.join('')}</svg>`
}

interface Light {
  shadow: number
  glare: number
  noiseSigma: number
}

/** Darkens along a soft edge, whitens a spot, and adds the sensor's grain; in place. */
export function addLightAndNoise(scene: Scene, random: Random, light: Light): void {
  if (light.shadow > 0 || light.glare > 0) addLight(scene, random, light)
  if (light.noiseSigma > 0) addNoise(scene.pixels, random, light.noiseSigma)
}

function addLight({ pixels, width, height }: Scene, random: Random, light: Light): void {
  const angle = random.between(0, Math.PI * 2)
  const [cos, sin] = [Math.cos(angle) / width, Math.sin(angle) / height]
  const edge = random.between(-0.2, 0.2)
  const softness = random.between(0.03, 0.5)
  const spot = { x: random.between(0.2, 0.8), y: random.between(0.2, 0.8), size: random.between(0.05, 0.14) }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = (x - width / 2) * cos + (y - height / 2) * sin - edge
      const shade = 1 - light.shadow * 0.8 * Math.min(1, Math.max(0, along / softness + 0.5))
      const awayX = x / width - spot.x
      const awayY = y / height - spot.y
      const white = light.glare * Math.exp(-(awayX * awayX + awayY * awayY) / (spot.size * spot.size))
      const at = (y * width + x) * 3
      for (let channel = at; channel < at + 3; channel++) {
        const value = (pixels[channel] ?? 0) * shade
        pixels[channel] = value + (255 - value) * white
      }
    }
  }
}

function addNoise(pixels: Uint8Array, random: Random, sigma: number): void {
  const grain = Float32Array.from({ length: 8191 }, () => {
    const sum = random.next() + random.next() + random.next() + random.next() - 2
    return sum * 1.73 * sigma
  })
  const start = random.integer(0, 8190)
  for (let at = 0; at < pixels.length; at++) {
    const value = (pixels[at] ?? 0) + (grain[(start + at * 7 + (at >> 11)) % 8191] ?? 0)
    pixels[at] = value < 0 ? 0 : Math.min(value, 255)
  }
}
