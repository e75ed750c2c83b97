/** A printer that speaks TSPL, by the name in its device id. */
export interface TsplModel {
  name: string
  dotsPerInch: 203 | 300
  headDots: number
}

/** Widths of heads: the makers' data sheets; device ids as people report them (Munbyn, Xprinter, iDPRT, Rollo, 4BARCODE). */
export const tsplModels: readonly TsplModel[] = [
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

/** The row of a name, or the one for the resolution that the text names; 203 dpi is by far the most common. */
export function tsplModel(text: string): TsplModel {
  const spoken = text.toLowerCase()
  const resolution = /300\s?dpi/.test(spoken) ? 300 : 203
  const found =
    tsplModels.find((row) => spoken.includes(row.name.toLowerCase())) ??
    tsplModels.find((row) => row.name === `TSPL ${resolution} dpi`)
  if (!found) throw new Error('The table of TSPL models has no general row')
  return found
}
