import { type Face, faces } from './label-fonts.ts'
import { type LabelSheet, openLabelSheet } from './label-sheet.ts'
import type { DeviceTruth } from './made-up-device.ts'
import type { Random } from './random.ts'

export interface Layout {
  name: string
  widthMm: number
  heightMm: number
  dark?: boolean
  draw(sheet: LabelSheet, device: DeviceTruth, random: Random): Promise<void>
}

type Words = readonly [string, ...string[]]
const serialCaptions: Words = [
  'S/N:',
  'S/N',
  'SN:',
  'Serial No.',
  'Serial No:',
  'Serial Number:',
  'SERIAL NO.',
  'SN',
]
const partCaptions: Words = ['P/N:', 'P/N', 'Part No.', 'Part Number:', 'PN:']
const modelCaptions: Words = ['Model:', 'MODEL', 'Model No.', 'Model No:', 'M/N:', 'Model Number:']
const macCaptions: Words = ['MAC:', 'MAC ID:', 'MAC Address:', 'MAC', 'Ethernet ID:']
const fccCaptions: Words = ['FCC ID:', 'Contains FCC ID:', 'FCC ID']
const inputs: Words = ['Input: 100-240V~ 50/60Hz 1.5A', 'DC 12V = 2.5A', 'Power: 54V 1.2A', 'INPUT 19V 3.42A']
const origins: Words = ['Made in Taiwan', 'Made in China', 'Product of Vietnam', 'Assembled in Mexico']

const macText = (device: DeviceTruth, random: Random) =>
  random.chance(0.5)
    ? (device.macAddress ?? '')
    : (device.macAddress ?? '').replaceAll(':', random.pick(['', '-']))

const stacked: Layout = {
  name: 'stacked',
  widthMm: 70,
  heightMm: 44,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 3, yMm: 2, sizeMm: 4.5, bold: true }, device.manufacturer)
    sheet.text({ xMm: 3, yMm: 8, sizeMm: 2.6 }, `${random.pick(modelCaptions)} ${device.model}`)
    sheet.text({ xMm: 3, yMm: 12.5, sizeMm: 2.6 }, `${random.pick(serialCaptions)} ${device.serial}`)
    await sheet.code(
      { xMm: 4, yMm: 16, widthMm: 55, heightMm: 6.5 },
      device.serial,
      random.pick(['Code128', 'Code39']),
    )
    if (device.macAddress) {
      sheet.text({ xMm: 3, yMm: 25, sizeMm: 2.4 }, `${random.pick(macCaptions)} ${macText(device, random)}`)
      await sheet.code(
        { xMm: 4, yMm: 28.5, widthMm: 50, heightMm: 6 },
        device.macAddress.replaceAll(':', ''),
        'Code128',
      )
    }
    sheet.text({ xMm: 3, yMm: 37, sizeMm: 2 }, `${random.pick(inputs)}   ${random.pick(origins)}`)
  },
}

const twoColumns: Layout = {
  name: 'two columns',
  widthMm: 80,
  heightMm: 34,
  async draw(sheet, device, random) {
    sheet.text(
      { xMm: 3, yMm: 2, sizeMm: 4, bold: true, widthMm: 50 },
      `${device.manufacturer} ${device.model}`,
    )
    sheet.rule(7.5)
    const rows: [string, string][] = [
      [random.pick(modelCaptions), device.model],
      [random.pick(serialCaptions), device.serial],
    ]
    if (device.partNumber) rows.push([random.pick(partCaptions), device.partNumber])
    if (device.macAddress) rows.push([random.pick(macCaptions), macText(device, random)])
    if (device.fccId) rows.push([random.pick(fccCaptions), device.fccId])
    rows.forEach(([caption, value], row) => {
      sheet.text({ xMm: 3, yMm: 9.5 + row * 4.6, sizeMm: 2.4, widthMm: 19 }, caption)
      sheet.text({ xMm: 24, yMm: 9.5 + row * 4.6, sizeMm: 2.7, bold: true, widthMm: 31 }, value)
    })
    await sheet.code({ xMm: 58, yMm: 9, widthMm: 19, heightMm: 19 }, device.serial, 'QRCode')
  },
}

const strip: Layout = {
  name: 'strip',
  widthMm: 86,
  heightMm: 17,
  async draw(sheet, device, random) {
    await sheet.code({ xMm: 4, yMm: 2, widthMm: 46, heightMm: 7 }, device.serial, 'Code128')
    sheet.text({ xMm: 4, yMm: 10.5, sizeMm: 3 }, `${random.pick(serialCaptions)} ${device.serial}`)
    sheet.text({ xMm: 55, yMm: 2, sizeMm: 3.2, bold: true }, device.model)
    sheet.text({ xMm: 55, yMm: 7, sizeMm: 2.4 }, device.manufacturer)
    if (device.partNumber)
      sheet.text({ xMm: 55, yMm: 11.5, sizeMm: 2.4 }, `${random.pick(partCaptions)} ${device.partNumber}`)
  },
}

const regulatory: Layout = {
  name: 'regulatory',
  widthMm: 66,
  heightMm: 48,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 3, yMm: 2, sizeMm: 3.6, bold: true }, device.manufacturer)
    const lines = [
      `${random.pick(modelCaptions)} ${device.model}`,
      random.pick(inputs),
      ...(device.fccId ? [`${random.pick(fccCaptions)} ${device.fccId}`] : []),
      ...(device.macAddress ? [`${random.pick(macCaptions)} ${macText(device, random)}`] : []),
      ...(device.partNumber ? [`${random.pick(partCaptions)} ${device.partNumber}`] : []),
      `${random.pick(serialCaptions)} ${device.serial}`,
      'This device complies with Part 15 of the FCC Rules.',
      'Operation is subject to the following two conditions:',
      '(1) this device may not cause harmful interference, and',
      '(2) this device must accept any interference received.',
      random.pick(origins),
    ]
    lines.forEach((line, row) => {
      sheet.text({ xMm: 3, yMm: 7 + row * 3.6, sizeMm: row < lines.length - 5 ? 2.3 : 1.7 }, line)
    })
  },
}

const darkPlate: Layout = {
  name: 'dark plate',
  widthMm: 60,
  heightMm: 30,
  dark: true,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 3, yMm: 2.5, sizeMm: 4, bold: true }, device.manufacturer.toUpperCase())
    sheet.text({ xMm: 3, yMm: 9, sizeMm: 2.8 }, `${random.pick(modelCaptions)} ${device.model}`)
    sheet.text({ xMm: 3, yMm: 14, sizeMm: 2.8 }, `${random.pick(serialCaptions)} ${device.serial}`)
    if (device.macAddress)
      sheet.text({ xMm: 3, yMm: 19, sizeMm: 2.5 }, `${random.pick(macCaptions)} ${macText(device, random)}`)
    sheet.text({ xMm: 3, yMm: 24, sizeMm: 2 }, random.pick(inputs))
  },
}

const pullTag: Layout = {
  name: 'pull tag',
  widthMm: 26,
  heightMm: 48,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 2, yMm: 2, sizeMm: 3, bold: true }, device.manufacturer)
    sheet.text({ xMm: 2, yMm: 7, sizeMm: 2.4 }, device.model)
    await sheet.code({ xMm: 6, yMm: 12, widthMm: 14, heightMm: 14 }, device.serial, 'DataMatrix')
    sheet.text({ xMm: 2, yMm: 29, sizeMm: 2.4 }, random.pick(serialCaptions))
    sheet.text({ xMm: 2, yMm: 32.5, sizeMm: 2.8, bold: true }, device.serial)
    if (device.partNumber) {
      sheet.text({ xMm: 2, yMm: 37.5, sizeMm: 2.2 }, random.pick(partCaptions))
      sheet.text({ xMm: 2, yMm: 41, sizeMm: 2.4 }, device.partNumber)
    }
  },
}

/** A shipping label with ANSI MH10.8.2 data identifiers in the codes. */
const boxLabel: Layout = {
  name: 'box label',
  widthMm: 90,
  heightMm: 58,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 3, yMm: 2, sizeMm: 4.2, bold: true }, `${device.manufacturer} ${device.model}`)
    let top = 9
    if (device.partNumber) {
      sheet.text({ xMm: 3, yMm: top, sizeMm: 2.5 }, `(1P) P/N: ${device.partNumber}`)
      await sheet.code(
        { xMm: 4, yMm: top + 3.6, widthMm: 56, heightMm: 6.5 },
        `1P${device.partNumber}`,
        'Code128',
      )
      top += 13
    }
    sheet.text({ xMm: 3, yMm: top, sizeMm: 2.5 }, `(S) ${random.pick(serialCaptions)} ${device.serial}`)
    await sheet.code(
      { xMm: 4, yMm: top + 3.6, widthMm: 56, heightMm: 6.5 },
      `S${device.serial}`,
      random.pick(['Code128', 'Code39']),
    )
    top += 13
    sheet.text({ xMm: 3, yMm: top, sizeMm: 2.4 }, `(4L) ${random.pick(origins)}   (Q) Qty: 1`)
    await sheet.code({ xMm: 4, yMm: top + 4, widthMm: 32, heightMm: 8 }, device.ean, 'EAN13')
    sheet.text({ xMm: 40, yMm: top + 6, sizeMm: 2.6 }, device.ean)
  },
}

export const layouts: readonly [Layout, ...Layout[]] = [
  stacked,
  twoColumns,
  strip,
  regulatory,
  darkPlate,
  pullTag,
  boxLabel,
]

export interface DrawnLabel {
  svg: string
  widthMm: number
  heightMm: number
  layout: string
  face: Face
  codeTexts: string[]
}

/** One label in a layout, a face and colours of chance. `codes: false` leaves only text. */
export async function drawLabel(
  device: DeviceTruth,
  random: Random,
  { codes, from = layouts }: { codes: boolean; from?: typeof layouts | undefined },
): Promise<DrawnLabel> {
  const layout = random.pick(from)
  const face = random.pick(faces)
  const dark = layout.dark ?? random.chance(0.06)
  const paper = dark
    ? random.pick(['#1b1c1e', '#23272b', '#2c2c30'])
    : random.pick(['#ffffff', '#f4f3ee', '#e9e9e6', '#d3d5d8'])
  const ink = dark
    ? random.pick(['#ffffff', '#dfe2e4', '#c9ced2'])
    : random.pick(['#000000', '#15171a', '#2b2b2b', '#30363c'])
  const sheet = openLabelSheet({
    widthMm: layout.widthMm,
    heightMm: layout.heightMm,
    face,
    ink,
    paper,
    codes,
  })
  await layout.draw(sheet, device, random)
  return {
    svg: sheet.svg(),
    widthMm: layout.widthMm,
    heightMm: layout.heightMm,
    layout: layout.name,
    face,
    codeTexts: sheet.codeTexts(),
  }
}
