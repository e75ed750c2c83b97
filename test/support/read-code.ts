import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })

/** The texts of the codes in a picture, on a wider white ground as the label lies on something. */
export async function readCodes(
  png: Uint8Array,
  whiteDots: { across: number; along: number },
): Promise<string[]> {
  const { across, along } = whiteDots
  const onGround = await sharp(png)
    .extend({ left: across, right: across, top: along, bottom: along, background: 'white' })
    .png()
    .toBuffer()
  const found = await readBarcodes(new Uint8Array(onGround), { tryHarder: true })
  return found.map((code) => code.text)
}
