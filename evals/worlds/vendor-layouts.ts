import type { Layout } from './label-layouts.ts'
import type { Random } from './random.ts'

/** Labels in the manner of drive, memory, power supply and server makers: crowded, with many numbers that are no serial. */

const wwn = (random: Random) => `5000C5${random.letters('0123456789ABCDEF', 10)}`
const year = (random: Random) => random.integer(2012, 2025)

const drive: Layout = {
  name: 'drive',
  widthMm: 98,
  heightMm: 72,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 4, yMm: 3, sizeMm: 7, bold: true, widthMm: 45 }, device.manufacturer)
    sheet.text({ xMm: 56, yMm: 3, sizeMm: 6, bold: true }, `${random.pick(['2', '4', '8', '12'])}.0TB`)
    sheet.text({ xMm: 4, yMm: 13, sizeMm: 3 }, `${random.pick(['MDL:', 'Model:', 'MODEL'])} ${device.model}`)
    sheet.text({ xMm: 4, yMm: 18, sizeMm: 2.6 }, `WWN: ${wwn(random)}`)
    sheet.text(
      { xMm: 4, yMm: 22, sizeMm: 2.6 },
      `Date: ${random.integer(10, 28)} MAR ${year(random)}  DCM: ${random.letters('ABHJNTV', 10)}`,
    )
    sheet.text({ xMm: 4, yMm: 26, sizeMm: 2.6 }, `LBA: ${random.letters('123456789', 10)}  R/N: 800002`)
    const caption = random.pick(['S/N:', 'SN:', 'S/N', ''])
    await sheet.code({ xMm: 4, yMm: 32, widthMm: 60, heightMm: 8 }, device.serial, 'Code128')
    sheet.text({ xMm: 4, yMm: 41.5, sizeMm: 3.2, bold: true }, `${caption} ${device.serial}`.trim())
    if (device.partNumber) {
      sheet.text(
        { xMm: 4, yMm: 48, sizeMm: 2.6 },
        `PN: ${device.partNumber}   FW: ${random.letters('0123456789', 4)}`,
      )
      await sheet.code({ xMm: 4, yMm: 52, widthMm: 48, heightMm: 6 }, device.partNumber, 'Code128')
    }
    sheet.text({ xMm: 4, yMm: 61, sizeMm: 2.2 }, '5VDC 0.60A  12VDC 0.45A   Product of Thailand')
    sheet.text({ xMm: 4, yMm: 65, sizeMm: 2 }, 'Warranty void if this label is removed. Recycle properly.')
    await sheet.code({ xMm: 72, yMm: 30, widthMm: 20, heightMm: 20 }, wwn(random), 'DataMatrix')
  },
}

const memory: Layout = {
  name: 'memory',
  widthMm: 62,
  heightMm: 14,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 2, yMm: 1.2, sizeMm: 2.6, bold: true, widthMm: 18 }, device.manufacturer)
    sheet.text(
      { xMm: 22, yMm: 1.2, sizeMm: 2.4, widthMm: 26 },
      `${random.pick(['8GB', '16GB', '32GB'])} 2Rx8 PC4-2666V-UB1-11`,
    )
    sheet.text({ xMm: 2, yMm: 5.4, sizeMm: 2.8 }, device.model)
    sheet.text({ xMm: 2, yMm: 9.6, sizeMm: 2.6 }, `${random.pick(['S/N:', 'SN', 'S/N'])} ${device.serial}`)
    sheet.text({ xMm: 31, yMm: 9.6, sizeMm: 2 }, `${random.integer(14, 25)}${random.integer(10, 52)}  Korea`)
    await sheet.code(
      { xMm: 50, yMm: 2, widthMm: 10, heightMm: 10 },
      device.serial,
      random.pick(['DataMatrix', 'QRCode']),
    )
  },
}

const carton: Layout = {
  name: 'carton',
  widthMm: 102,
  heightMm: 62,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 4, yMm: 3, sizeMm: 4, bold: true, widthMm: 60 }, device.manufacturer)
    sheet.text({ xMm: 4, yMm: 9, sizeMm: 3, widthMm: 60 }, `MODEL: ${device.model}`)
    await sheet.code({ xMm: 5, yMm: 15, widthMm: 58, heightMm: 7 }, device.serial, 'Code128')
    sheet.text(
      { xMm: 5, yMm: 22.5, sizeMm: 2.6, widthMm: 60 },
      `${random.pick(['S/N:', 'SERIAL NO:', 'Serial Number:'])} ${device.serial}`,
    )
    if (device.macAddress) {
      await sheet.code(
        { xMm: 5, yMm: 29, widthMm: 58, heightMm: 7 },
        device.macAddress.replaceAll(':', ''),
        'Code128',
      )
      sheet.text(
        { xMm: 5, yMm: 36.5, sizeMm: 2.6, widthMm: 60 },
        `MAC ID: ${device.macAddress.replaceAll(':', '')}`,
      )
    }
    await sheet.code({ xMm: 5, yMm: 43, widthMm: 36, heightMm: 9 }, device.ean, 'EAN13')
    sheet.text({ xMm: 8, yMm: 52.5, sizeMm: 2.6, widthMm: 34 }, device.ean)
    await sheet.code(
      { xMm: 72, yMm: 6, widthMm: 24, heightMm: 24 },
      `https://example.com/setup?p=${random.integer(100, 999)}`,
      'QRCode',
    )
    sheet.text({ xMm: 70, yMm: 34, sizeMm: 2.4 }, `QTY: 1  REV: ${random.pick(['A01', 'B02', '1.3'])}`)
    sheet.text({ xMm: 70, yMm: 39, sizeMm: 2.4 }, `PO: ${random.letters('0123456789', 8)}`)
    sheet.text({ xMm: 70, yMm: 44, sizeMm: 2.4 }, `LOT: ${random.letters('0123456789', 9)}`)
  },
}

const serviceTag: Layout = {
  name: 'service tag',
  widthMm: 44,
  heightMm: 24,
  dark: true,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 2, yMm: 2, sizeMm: 2.6, widthMm: 22 }, random.pick(['S/N', 'Serial Number', 'SN']))
    sheet.text({ xMm: 2, yMm: 6, sizeMm: 3.2, bold: true, widthMm: 24 }, device.serial)
    sheet.text({ xMm: 2, yMm: 12, sizeMm: 2.4, widthMm: 24 }, 'Product')
    sheet.text({ xMm: 2, yMm: 16, sizeMm: 2.8, widthMm: 24 }, device.model)
    await sheet.code({ xMm: 28, yMm: 4, widthMm: 13, heightMm: 13 }, device.serial, 'QRCode')
  },
}

const powerPlate: Layout = {
  name: 'power plate',
  widthMm: 76,
  heightMm: 62,
  async draw(sheet, device, random) {
    sheet.text({ xMm: 3, yMm: 2.5, sizeMm: 4, bold: true }, device.manufacturer)
    sheet.text({ xMm: 3, yMm: 8.5, sizeMm: 2.6 }, `MODEL NO.: ${device.model}`)
    sheet.text({ xMm: 3, yMm: 13, sizeMm: 2.4 }, 'AC INPUT: 100-240V~ 10-5A 50-60Hz')
    sheet.rule(17)
    for (const [row, words] of [
      'DC OUTPUT  +3.3V  +5V   +12V   -12V  +5VSB',
      'MAX CURRENT  20A   20A   62A   0.3A   3A',
      'MAX POWER    110W        744W   3.6W  15W',
    ].entries())
      sheet.text({ xMm: 3, yMm: 19 + row * 4.4, sizeMm: 2.2 }, words)
    sheet.rule(33)
    await sheet.code(
      { xMm: 4, yMm: 36, widthMm: 52, heightMm: 7 },
      device.serial,
      random.pick(['Code39', 'Code128']),
    )
    sheet.text(
      { xMm: 4, yMm: 44, sizeMm: 2.6 },
      `${random.pick(['S/N:', 'SN:', 'SER NO.'])} ${device.serial}`,
    )
    sheet.text(
      { xMm: 4, yMm: 49, sizeMm: 2.2 },
      `${device.partNumber ? `P/N: ${device.partNumber}  ` : ''}REV: ${random.pick(['00', 'A03', '04F'])}`,
    )
    sheet.text(
      { xMm: 4, yMm: 53.5, sizeMm: 2 },
      `E${random.integer(100000, 399999)}  N${random.integer(100, 399)}  Hi-Pot tested  Made in P.R.C.`,
    )
  },
}

const tinyCode: Layout = {
  name: 'tiny code',
  widthMm: 30,
  heightMm: 10,
  async draw(sheet, device) {
    await sheet.code({ xMm: 1, yMm: 1, widthMm: 8, heightMm: 8 }, device.serial, 'DataMatrix')
    sheet.text({ xMm: 10.5, yMm: 1.4, sizeMm: 2.2 }, device.model)
    sheet.text({ xMm: 10.5, yMm: 5.4, sizeMm: 2.2 }, `SN ${device.serial}`)
  },
}

export const vendorLayouts: readonly [Layout, ...Layout[]] = [
  drive,
  memory,
  carton,
  serviceTag,
  powerPlate,
  tinyCode,
]
