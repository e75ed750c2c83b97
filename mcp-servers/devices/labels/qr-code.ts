import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { encodeFormat, prepareZXingModule } from 'zxing-wasm/writer'

/** Given its own WebAssembly, because the package would fetch it from a CDN. */
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'))
const writer = await prepareZXingModule({
  overrides: { wasmBinary: new Uint8Array(wasm).buffer },
  fireImmediately: true,
})

export interface QrCode {
  /** Modules along one side, without the quiet zone of four around it. */
  sizeModules: number
  isDark(x: number, y: number): boolean
}

/** Level M survives a scratched or smudged label; L is for tape too narrow for it. Throws when the text is too long. */
export function qrCode(text: string, level: 'M' | 'L'): QrCode {
  const written = writer.writeBarcodeFromText(text, {
    format: encodeFormat('QRCode'),
    options: `ecLevel=${level}`,
    scale: 1,
    rotate: 0,
    invert: false,
    addHRT: false,
    addQuietZones: false,
  })
  if (written.error !== '') throw new Error(`No QR code can hold this text: ${written.error}`)
  const { data, width } = written.symbol
  return { sizeModules: width, isDark: (x, y) => data[y * width + x] === 0 }
}

/** One path of closed runs, at whole dots so that every module is exactly as wide as the next. */
export function qrPath(code: QrCode, left: number, top: number, moduleDots: number): string {
  const runs: string[] = []
  for (let y = 0; y < code.sizeModules; y += 1) {
    for (let x = 0; x < code.sizeModules; x += 1) {
      if (!code.isDark(x, y) || (x > 0 && code.isDark(x - 1, y))) continue
      let end = x
      while (end < code.sizeModules && code.isDark(end, y)) end += 1
      const width = (end - x) * moduleDots
      runs.push(`M${left + x * moduleDots} ${top + y * moduleDots}h${width}v${moduleDots}h-${width}z`)
    }
  }
  return runs.join('')
}
