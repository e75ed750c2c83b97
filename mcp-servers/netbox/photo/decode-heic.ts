import libheif from 'libheif-js/wasm-bundle.js'

/** The main picture of a HEIC file, already turned as the file says. RGBA. */
export type DecodedHeic =
  | { kind: 'decoded'; pixels: Uint8Array; width: number; height: number }
  | { kind: 'too-large' }
  | { kind: 'broken' }

/** Decodes on the calling thread; never call it on the main one. */
export async function decodeHeic(bytes: Uint8Array, mostPixels: number): Promise<DecodedHeic> {
  const pictures = new libheif.HeifDecoder().decode(bytes)
  try {
    const main = pictures[0]
    if (!main) return { kind: 'broken' }
    const size = { width: main.get_width(), height: main.get_height() }
    if (size.width * size.height > mostPixels) return { kind: 'too-large' }
    const into = { data: new Uint8ClampedArray(size.width * size.height * 4), ...size }
    const filled = await new Promise<boolean>((done) => main.display(into, (result) => done(result !== null)))
    return filled
      ? { kind: 'decoded', pixels: new Uint8Array(into.data.buffer), ...size }
      : { kind: 'broken' }
  } finally {
    for (const picture of pictures) picture.free()
  }
}
