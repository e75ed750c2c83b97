import type { RollPrinterModel } from '../roll-printer.ts'

/** Widths of heads: the makers' data sheets; device ids as people report them (Munbyn, Xprinter, iDPRT, Rollo, 4BARCODE). */
export const tsplModels: readonly RollPrinterModel[] = [
  { name: 'TTP-244', dotsPerInch: 203, headDots: 864 },
  { name: 'TTP-343', dotsPerInch: 300, headDots: 1248 },
  { name: 'LPQ58', dotsPerInch: 203, headDots: 432 },
  { name: 'XP-365', dotsPerInch: 203, headDots: 576 },
  { name: '3B-363', dotsPerInch: 203, headDots: 576 },
  { name: 'RW403', dotsPerInch: 203, headDots: 832 },
  { name: 'SP410', dotsPerInch: 203, headDots: 832 },
  { name: 'X1038', dotsPerInch: 203, headDots: 832 },
  { name: 'TSPL 203 dpi', dotsPerInch: 203, headDots: 832 },
  { name: 'TSPL 300 dpi', dotsPerInch: 300, headDots: 1248 },
]
