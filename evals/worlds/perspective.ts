export interface Point {
  x: number
  y: number
}
/** Corners in the order top left, top right, bottom right, bottom left of the label. */
export type Quad = [Point, Point, Point, Point]

interface Picture {
  pixels: Uint8Array
  width: number
  height: number
}

/** Draws an RGBA picture into an RGB one so that its corners fall on the quad; bilinear. */
export function pasteInPerspective(into: Picture, picture: Picture, quad: Quad): void {
  const map = quadToUnit(quad)
  const left = Math.max(0, Math.floor(Math.min(...quad.map((corner) => corner.x))))
  const right = Math.min(into.width - 1, Math.ceil(Math.max(...quad.map((corner) => corner.x))))
  const top = Math.max(0, Math.floor(Math.min(...quad.map((corner) => corner.y))))
  const bottom = Math.min(into.height - 1, Math.ceil(Math.max(...quad.map((corner) => corner.y))))
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const depth = map.g * x + map.h * y + map.i
      const u = ((map.a * x + map.b * y + map.c) / depth) * picture.width - 0.5
      const v = ((map.d * x + map.e * y + map.f) / depth) * picture.height - 0.5
      if (u < 0 || v < 0 || u >= picture.width - 1 || v >= picture.height - 1) continue
      blend(into, (y * into.width + x) * 3, picture, u, v)
    }
  }
}

function blend(into: Picture, at: number, picture: Picture, u: number, v: number): void {
  const column = Math.floor(u)
  const row = Math.floor(v)
  const partX = u - column
  const partY = v - row
  const from = (row * picture.width + column) * 4
  const below = from + picture.width * 4
  const sample = (channel: number) => {
    const upper =
      (picture.pixels[from + channel] ?? 0) * (1 - partX) + (picture.pixels[from + 4 + channel] ?? 0) * partX
    const lower =
      (picture.pixels[below + channel] ?? 0) * (1 - partX) +
      (picture.pixels[below + 4 + channel] ?? 0) * partX
    return upper * (1 - partY) + lower * partY
  }
  const cover = sample(3) / 255
  for (let channel = 0; channel < 3; channel++) {
    into.pixels[at + channel] = (into.pixels[at + channel] ?? 0) * (1 - cover) + sample(channel)
  }
}

/** The inverse of the unit-square-to-quad homography (Heckbert 1989, "Fundamentals of Texture Mapping", 2.2.3). */
function quadToUnit([p0, p1, p2, p3]: Quad) {
  const sumX = p0.x - p1.x + p2.x - p3.x
  const sumY = p0.y - p1.y + p2.y - p3.y
  const dx1 = p1.x - p2.x
  const dx2 = p3.x - p2.x
  const dy1 = p1.y - p2.y
  const dy2 = p3.y - p2.y
  const det = dx1 * dy2 - dx2 * dy1
  const g = (sumX * dy2 - dx2 * sumY) / det
  const h = (dx1 * sumY - sumX * dy1) / det
  const a = p1.x - p0.x + g * p1.x
  const b = p3.x - p0.x + h * p3.x
  const c = p0.x
  const d = p1.y - p0.y + g * p1.y
  const e = p3.y - p0.y + h * p3.y
  const f = p0.y
  return {
    a: e - f * h,
    b: c * h - b,
    c: b * f - c * e,
    d: f * g - d,
    e: a - c * g,
    f: c * d - a * f,
    g: d * h - e * g,
    h: b * g - a * h,
    i: a * e - b * d,
  }
}
