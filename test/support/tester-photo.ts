import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { fontFiles } from '../../evals/worlds/label-fonts.ts'

const lamps = ['1', '2', '3', '4', '5', '6', '7', '8', 'G']

/** A photo of a tester with two rows of lamps; those that are named are lit. */
export function testerPhotoJpeg(lit: { near: string[]; far: string[] }): Promise<Buffer> {
  const row = (name: string, y: number, on: string[]) => {
    const drawn = lamps.map((lamp, at) => {
      const x = 250 + at * 72
      const glow = on.includes(lamp) ? `<circle cx="${x}" cy="${y}" r="40" fill="url(#glow)"/>` : ''
      return `${glow}<circle cx="${x}" cy="${y}" r="15" fill="${on.includes(lamp) ? '#c8ffb0' : '#31452c'}"/>
          <text x="${x}" y="${y + 56}" font-size="28" text-anchor="middle">${lamp}</text>`
    })
    return `${drawn.join('')}<text x="70" y="${y + 10}" font-size="30">${name}</text>`
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="640">
    <defs><radialGradient id="glow"><stop offset="0.2" stop-color="#7dff4d"/><stop offset="1" stop-color="#7dff4d" stop-opacity="0"/></radialGradient></defs>
    <rect width="1000" height="640" fill="#8b8378"/>
    <g font-family="Arimo" fill="#f2f2f2">
    <rect x="40" y="40" width="920" height="270" rx="26" fill="#22262b"/><rect x="40" y="350" width="920" height="250" rx="26" fill="#22262b"/>
    ${row('MASTER', 160, lit.near)}${row('REMOTE', 450, lit.far)}
    <text x="70" y="90" font-size="30">CABLE TESTER</text><rect x="540" y="52" width="390" height="62" fill="#f4f2ea"/><text x="560" y="95" font-size="36" fill="#15181a">S/N 7XK9QZ2W41</text></g></svg>`
  const { pixels, width, height } = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).render()
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .flatten()
    .jpeg()
    .toBuffer()
}
