import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'

const wasmFile = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasmFile)).buffer } })

export type DrawnSymbology = 'Code128' | 'Code39' | 'QRCode' | 'DataMatrix' | 'EAN13'

/** Module rows of a code: `bars[y]` lists [start, length] of dark runs; a linear code has one row. */
export interface CodeDrawing {
  modulesWide: number
  modulesHigh: number
  bars: [number, number][][]
}

/** Throws when the text does not fit the symbology. */
export async function drawCode(text: string, symbology: DrawnSymbology): Promise<CodeDrawing> {
  const written = await writeBarcode(text, { format: symbology, addQuietZones: false })
  if (written.error) throw new Error(`${symbology} cannot hold “${text}”: ${written.error}`)
  const { data, width, height } = written.symbol
  const linear = symbology !== 'QRCode' && symbology !== 'DataMatrix'
  const rows = linear ? [0] : Array.from({ length: height }, (_, row) => row)
  const bars = rows.map((row) => {
    const runs: [number, number][] = []
    for (let x = 0; x < width; x++) {
      if (data[row * width + x] !== 0) continue
      const last = runs.at(-1)
      if (last && last[0] + last[1] === x) last[1]++
      else runs.push([x, 1])
    }
    return runs
  })
  return { modulesWide: width, modulesHigh: linear ? 1 : height, bars }
}
