import type { Frame, GrayImage, Pyramid } from './gray-image.ts'

/**
 * Finds patches that look like linear codes: strong edges that all run one way. Works on blocks of the structure tensor
 * (Bigun and Granlund 1987), so the turn of the code comes with it and no blind sweep is needed.
 */

const blockPixels = 12
const enoughCoherence = 0.72
const enoughEnergy = 60

interface Block {
  energy: number
  coherence: number
  /** Direction of the brightness change: along the reading direction. 0 ≤ angle < π. */
  angle: number
}

interface Patch {
  frame: Frame
  /** Photo pixels that it covers. */
  area: number
}

/** Frames at full scale around each patch, quiet zone included; the largest first, at most `limit`. */
export function findBars(pyramid: Pyramid, limit: number): Frame[] {
  const fine = Math.max(
    0,
    pyramid.levels.findIndex((image) => Math.max(image.width, image.height) <= 2200),
  )
  // The wide bars of a code that fills the photo are larger than a block, so half the size is looked at too.
  const patches = [fine, fine + 1].flatMap((level) => {
    const image = pyramid.levels[level]
    return image ? patchesIn(image, 2 ** level) : []
  })
  const kept: Patch[] = []
  for (const patch of joinInLine(patches).sort((a, b) => b.area - a.area)) {
    if (!kept.some((larger) => liesInside(patch.frame, larger.frame))) kept.push(patch)
  }
  return kept.slice(0, limit).map((patch) => patch.frame)
}

function patchesIn(image: GrayImage, factor: number): Patch[] {
  const columns = Math.floor(image.width / blockPixels)
  const rows = Math.floor(image.height / blockPixels)
  const blocks = measureBlocks(image, columns, rows)
  const taken = new Uint8Array(blocks.length)
  const patches: Patch[] = []
  const seeds = blocks
    .map((_, at) => at)
    .filter((at) => isBarBlock(blocks[at]))
    .sort((a, b) => (blocks[b]?.energy ?? 0) - (blocks[a]?.energy ?? 0))
  for (const seed of seeds) {
    if (taken[seed]) continue
    const members = growPatch(blocks, taken, seed, columns)
    if (members.length < 5) continue
    const frame = framePatch(members, blocks, columns, factor)
    if (frame) patches.push({ frame, area: frame.width * frame.height })
  }
  return patches
}

/** A code that was cut apart by a shadow's edge or by wide bars: pieces in line and close together become one. */
function joinInLine(patches: Patch[]): Patch[] {
  const rest = [...patches]
  for (let at = 0; at < rest.length; at++) {
    for (let other = at + 1; other < rest.length; other++) {
      const [first, second] = [rest[at], rest[other]]
      const joined = first && second ? joinFrames(first.frame, second.frame) : null
      if (!joined) continue
      rest[at] = { frame: joined, area: joined.width * joined.height }
      rest.splice(other, 1)
      other = at
    }
  }
  return rest
}

function joinFrames(a: Frame, b: Frame): Frame | null {
  const [long, short] = a.width >= b.width ? [a, b] : [b, a]
  if (angleBetween(long.angleRadians, short.angleRadians) > 0.12) return null
  const [cos, sin] = [Math.cos(long.angleRadians), Math.sin(long.angleRadians)]
  const awayX = short.centreX - long.centreX
  const awayY = short.centreY - long.centreY
  const along = awayX * cos + awayY * sin
  const across = -awayX * sin + awayY * cos
  const [thin, thick] = [Math.min(a.height, b.height), Math.max(a.height, b.height)]
  const gap = Math.abs(along) - (long.width + short.width) / 2
  if (Math.abs(across) > thin * 0.5 || thick > thin * 2 || gap > thick) return null
  const from = Math.min(-long.width / 2, along - short.width / 2)
  const to = Math.max(long.width / 2, along + short.width / 2)
  const middle = (from + to) / 2
  return {
    ...long,
    centreX: long.centreX + middle * cos - (across / 2) * sin,
    centreY: long.centreY + middle * sin + (across / 2) * cos,
    width: to - from,
    height: thick,
  }
}

function liesInside(small: Frame, large: Frame): boolean {
  if (angleBetween(small.angleRadians, large.angleRadians) > 0.2) return false
  const [cos, sin] = [Math.cos(large.angleRadians), Math.sin(large.angleRadians)]
  const awayX = small.centreX - large.centreX
  const awayY = small.centreY - large.centreY
  const along = Math.abs(awayX * cos + awayY * sin) + small.width * 0.35
  const across = Math.abs(-awayX * sin + awayY * cos) + small.height * 0.35
  return along < large.width / 2 && across < large.height / 2
}

function isBarBlock(block: Block | undefined): block is Block {
  return block !== undefined && block.coherence > enoughCoherence && block.energy > enoughEnergy
}

function measureBlocks(image: GrayImage, columns: number, rows: number): Block[] {
  const blocks: Block[] = []
  const { pixels, width } = image
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let xx = 0
      let yy = 0
      let xy = 0
      const top = Math.max(1, row * blockPixels)
      const left = Math.max(1, column * blockPixels)
      for (let y = top; y < (row + 1) * blockPixels - 1; y++) {
        for (let at = y * width + left, end = y * width + (column + 1) * blockPixels - 1; at < end; at++) {
          const gx = (pixels[at + 1] ?? 0) - (pixels[at - 1] ?? 0)
          const gy = (pixels[at + width] ?? 0) - (pixels[at - width] ?? 0)
          xx += gx * gx
          yy += gy * gy
          xy += gx * gy
        }
      }
      const sum = xx + yy
      const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
      blocks.push({
        energy: sum / (blockPixels * blockPixels),
        coherence: sum === 0 ? 0 : Math.hypot(xx - yy, 2 * xy) / sum,
        angle: angle < 0 ? angle + Math.PI : angle,
      })
    }
  }
  return blocks
}

function angleBetween(a: number, b: number): number {
  const away = Math.abs(a - b) % Math.PI
  return Math.min(away, Math.PI - away)
}

function growPatch(blocks: Block[], taken: Uint8Array, seed: number, columns: number): number[] {
  const members = [seed]
  taken[seed] = 1
  const { angle, energy } = blocks[seed] ?? { angle: 0, energy: 0 }
  for (let next = 0; next < members.length; next++) {
    const at = members[next] ?? seed
    const column = at % columns
    for (const [stepX, stepY] of neighbours) {
      if (column + stepX < 0 || column + stepX >= columns) continue
      const other = at + stepX + stepY * columns
      const block = blocks[other]
      if (taken[other] || !isBarBlock(block)) continue
      // Measured from the seed, so that a patch cannot drift along a curve or leak into fainter print.
      if (angleBetween(block.angle, angle) > 0.22 || block.energy < energy * 0.06) continue
      taken[other] = 1
      members.push(other)
    }
  }
  return members
}

const neighbours = [-2, -1, 0, 1, 2].flatMap((x) =>
  [-1, 0, 1].filter((y) => x !== 0 || y !== 0).map((y) => [x, y] as const),
)

function framePatch(members: number[], blocks: Block[], columns: number, factor: number): Frame | null {
  let doubledCos = 0
  let doubledSin = 0
  for (const at of members) {
    const block = blocks[at]
    if (!block) continue
    doubledCos += Math.cos(2 * block.angle) * block.energy
    doubledSin += Math.sin(2 * block.angle) * block.energy
  }
  const steepest = 0.5 * Math.atan2(doubledSin, doubledCos)
  const places = members.map((at) => ({
    x: ((at % columns) + 0.5) * blockPixels,
    y: (Math.floor(at / columns) + 0.5) * blockPixels,
  }))
  const angle = steepest + shearOf(places, steepest)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const spots = places.map(({ x, y }) => ({ along: x * cos + y * sin, across: -x * sin + y * cos }))
  const along = [Math.min(...spots.map((s) => s.along)), Math.max(...spots.map((s) => s.along))] as const
  const across = [Math.min(...spots.map((s) => s.across)), Math.max(...spots.map((s) => s.across))] as const
  const length = along[1] - along[0] + blockPixels
  const thickness = across[1] - across[0] + blockPixels
  if (length < blockPixels * 4 || members.length * blockPixels * blockPixels < 0.3 * length * thickness)
    return null
  const middleAlong = (along[0] + along[1]) / 2
  const middleAcross = (across[0] + across[1]) / 2
  return {
    centreX: (middleAlong * cos - middleAcross * sin) * factor,
    centreY: (middleAlong * sin + middleAcross * cos) * factor,
    angleRadians: angle,
    scale: 1,
    width: (length * 1.16 + blockPixels * 3) * factor,
    height: (thickness + blockPixels) * factor,
  }
}

/** In perspective the bars do not stand square on the code; scan lines have to follow the code, not cross the bars squarely. */
function shearOf(places: { x: number; y: number }[], angle: number): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = places.map(({ x, y }) => x * cos + y * sin)
  const across = places.map(({ x, y }) => -x * sin + y * cos)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middleAlong, middleAcross] = [mean(along), mean(across)]
  const spread = mean(along.map((value) => (value - middleAlong) ** 2))
  const thickness = mean(across.map((value) => (value - middleAcross) ** 2))
  const lean = mean(along.map((value, at) => (value - middleAlong) * ((across[at] ?? 0) - middleAcross)))
  const shear = 0.5 * Math.atan2(2 * lean, spread - thickness)
  return spread > thickness * 5 && Math.abs(shear) < 0.25 ? shear : 0
}
