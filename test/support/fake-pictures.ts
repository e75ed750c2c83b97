import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { fontFiles } from '../../evals/worlds/label-fonts.ts'

/** A label photo; the boxes of `fakeFields` lie on its words. */
export function fakePhotoJpeg(): Promise<Buffer> {
  const bars = Array.from({ length: 90 }, (_, bar) => {
    const width = ((bar * 7) % 5) + 2
    return `<rect x="${90 + bar * 6.8}" y="430" width="${width}" height="90"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800">
    <rect width="1200" height="800" fill="#6f7478"/><rect x="40" y="40" width="1120" height="720" rx="18" fill="#f4f2ea"/>
    <g font-family="Arimo" fill="#15181a">
    <text x="90" y="155" font-size="84" font-weight="bold">DELL</text><text x="90" y="265" font-size="58">PowerEdge R640</text>
    <text x="90" y="364" font-size="42">P/N 0W23H8</text>${bars.join('')}<text x="90" y="556" font-size="34">Service Tag 7XK9QZ2</text>
    <text x="90" y="684" font-size="42">MAC 54BF64129A0E</text></g></svg>`
  const png = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).render().asPng()
  return sharp(png).jpeg().toBuffer()
}

export const fakeLabelSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 290">
  <rect width="620" height="290" fill="#fff"/><g fill="#000"><path d="M30 45h200v200H30z"/><path d="M60 75h140v140H60z" fill="#fff"/><path d="M90 105h80v80H90z"/>
  <text x="260" y="105" font-family="monospace" font-size="60">HW-00001</text><text x="260" y="165" font-family="sans-serif" font-size="34">PowerEdge R640</text>
  <text x="260" y="215" font-family="sans-serif" font-size="28">1U server · 7XK9QZ2</text></g></svg>`
