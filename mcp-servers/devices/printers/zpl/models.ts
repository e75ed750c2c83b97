import type { RollPrinterModel } from '../roll-printer.ts'

/** Widths of heads: Zebra's data sheets (104 mm at 8 or 12 dots/mm; 56 mm for the small ones). */
export const zplModels: readonly RollPrinterModel[] = [
  { name: 'GK420', dotsPerInch: 203, headDots: 832 },
  { name: 'GX420', dotsPerInch: 203, headDots: 832 },
  { name: 'GX430', dotsPerInch: 300, headDots: 1248 },
  { name: 'LP 2824', dotsPerInch: 203, headDots: 448 },
  { name: 'ZD410', dotsPerInch: 203, headDots: 448 },
  { name: 'ZD230', dotsPerInch: 203, headDots: 832 },
  { name: 'ZPL 203 dpi', dotsPerInch: 203, headDots: 832 },
  { name: 'ZPL 300 dpi', dotsPerInch: 300, headDots: 1248 },
]
