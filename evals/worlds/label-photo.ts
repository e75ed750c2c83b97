import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { fontFiles } from './label-fonts.ts'
import { type DrawnLabel, drawLabel, type Layout } from './label-layouts.ts'
import type { DeviceTruth } from './made-up-device.ts'
import { pasteInPerspective, type Quad } from './perspective.ts'
import { addLightAndNoise, drawBackground } from './photo-scene.ts'
import type { Random } from './random.ts'

/** How hard a photo is made; ranges are [low, high], drawn evenly. */
export interface PhotoDifficulty {
  /** Longest side of the photo. */
  sidePixels: [number, number]
  /** Share of the photo's width (or height) that the label fills. */
  coverage: [number, number]
  tiltDegrees: [number, number]
  /** Corner shift as a share of the label's size. */
  perspective: [number, number]
  blurSigmaPixels: [number, number]
  /** 0: even light, 1: the dark side keeps a fifth of the light. */
  shadow: [number, number]
  /** 0 to 1: how white the reflection gets. */
  glare: [number, number]
  noiseSigma: [number, number]
  jpegQuality: [number, number]
  codes: boolean
  /** Where the labels' layouts come from; the common ones without it. */
  layouts?: readonly [Layout, ...Layout[]]
  /** The phone was held sideways or upside down. */
  turned?: true
  /** Length of the shake. */
  motionPixels?: [number, number]
  /** Sagitta of a label on a round thing, as a share of its height. */
  bend?: [number, number]
}

export interface LabelPhoto {
  jpeg: Uint8Array
  layouts: string[]
  /** Texts of all codes in the photo. */
  codeTexts: string[]
}

/** Photographs the devices' labels (none, one, or two side by side) on a chassis. */
export async function photographLabels(
  devices: DeviceTruth[],
  difficulty: PhotoDifficulty,
  random: Random,
): Promise<LabelPhoto> {
  const draw = ([low, high]: [number, number]) => random.between(low, high)
  const side = Math.round(draw(difficulty.sidePixels))
  const landscape = random.chance(0.7)
  const width = landscape ? side : Math.round(side * 0.75)
  const height = landscape ? Math.round(side * 0.75) : side
  const pixels = await drawBackground(width, height, random)
  const layouts: string[] = []
  const codeTexts: string[] = []
  for (const [at, device] of devices.entries()) {
    const label = await drawLabel(device, random, { codes: difficulty.codes, from: difficulty.layouts })
    layouts.push(label.layout)
    codeTexts.push(...label.codeTexts)
    const frame = { left: (width / devices.length) * at, width: width / devices.length, height }
    const quad = placeLabel(label, frame, random, {
      coverage: draw(difficulty.coverage),
      tiltDegrees: draw(difficulty.tiltDegrees) * (random.chance(0.5) ? 1 : -1),
      perspective: draw(difficulty.perspective),
    })
    const bend = difficulty.bend ? draw(difficulty.bend) : 0
    pasteInPerspective({ pixels, width, height }, bendDown(renderLabel(label, quad), bend), quad)
  }
  addLightAndNoise({ pixels, width, height }, random, {
    shadow: draw(difficulty.shadow),
    glare: draw(difficulty.glare),
    noiseSigma: 0,
  })
  const sigma = draw(difficulty.blurSigmaPixels)
  const raw = { raw: { width, height, channels: 3 as const } }
  const soft = sigma < 0.3 ? pixels : await sharp(pixels, raw).blur(sigma).raw().toBuffer()
  const shake = difficulty.motionPixels ? Math.round(draw(difficulty.motionPixels)) : 0
  const blurred = shake < 2 ? soft : await sharp(soft, raw).convolve(shaken(shake, random)).raw().toBuffer()
  addLightAndNoise({ pixels: blurred, width, height }, random, {
    shadow: 0,
    glare: 0,
    noiseSigma: draw(difficulty.noiseSigma),
  })
  const quality = Math.round(draw(difficulty.jpegQuality))
  const turn = difficulty.turned ? random.pick([90, 180, 270]) : 0
  return { jpeg: await sharp(blurred, raw).rotate(turn).jpeg({ quality }).toBuffer(), layouts, codeTexts }
}

/** A straight stroke of the hand, level or upright. */
function shaken(length: number, random: Random) {
  const size = Math.max(3, length)
  const level = random.chance(0.5)
  const kernel = Array.from({ length: size * 3 }, (_, at) =>
    level ? (Math.floor(at / size) === 1 ? 1 : 0) : at % 3 === 1 ? 1 : 0,
  )
  return { width: level ? size : 3, height: level ? 3 : size, kernel, scale: size }
}

/** The label wrapped around something round: its middle lies lower than its ends. */
function bendDown(picture: LabelPicture, bend: number): LabelPicture {
  if (bend === 0) return picture
  const { pixels, width, height } = picture
  const out = new Uint8Array(pixels.length)
  for (let x = 0; x < width; x++) {
    const fromMiddle = (x / width) * 2 - 1
    const drop = Math.round(bend * height * (0.5 - fromMiddle * fromMiddle))
    for (let y = 0; y < height; y++) {
      if (y - drop < 0 || y - drop >= height) continue
      const [to, from] = [(y * width + x) * 4, ((y - drop) * width + x) * 4]
      out.set(pixels.subarray(from, from + 4), to)
    }
  }
  return { pixels: out, width, height }
}

interface LabelPicture {
  pixels: Uint8Array
  width: number
  height: number
}

function renderLabel(label: DrawnLabel, quad: Quad): LabelPicture {
  const longest = Math.max(
    Math.hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y),
    Math.hypot(quad[2].x - quad[3].x, quad[2].y - quad[3].y),
  )
  const image = new Resvg(label.svg, {
    fitTo: { mode: 'width', value: Math.round(longest * 1.4) },
    font: { loadSystemFonts: false, fontFiles },
  }).render()
  return { pixels: image.pixels, width: image.width, height: image.height }
}

function placeLabel(
  label: DrawnLabel,
  frame: { left: number; width: number; height: number },
  random: Random,
  pose: { coverage: number; tiltDegrees: number; perspective: number },
): Quad {
  const angle = (pose.tiltDegrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const boundWidth = label.widthMm * Math.abs(cos) + label.heightMm * Math.abs(sin)
  const boundHeight = label.widthMm * Math.abs(sin) + label.heightMm * Math.abs(cos)
  const perMm = Math.min(
    (frame.width * pose.coverage) / boundWidth,
    (frame.height * Math.min(0.92, pose.coverage + 0.15)) / boundHeight,
  )
  const slackX = (frame.width - boundWidth * perMm) / 2
  const slackY = (frame.height - boundHeight * perMm) / 2
  const centreX = frame.left + frame.width / 2 + random.between(-0.6, 0.6) * slackX
  const centreY = frame.height / 2 + random.between(-0.6, 0.6) * slackY
  const corner = (signX: number, signY: number) => {
    const wobble = () => 1 - random.between(0, pose.perspective)
    const x = (signX * label.widthMm * perMm * wobble()) / 2
    const y = (signY * label.heightMm * perMm * wobble()) / 2
    return { x: centreX + x * cos - y * sin, y: centreY + x * sin + y * cos }
  }
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]
}
