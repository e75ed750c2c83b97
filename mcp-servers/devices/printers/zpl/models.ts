/** A printer that speaks ZPL, by the name that it gives in `~HI` and in its device id. */
export interface ZplModel {
  name: string
  dotsPerInch: 203 | 300
  headDots: number
}

/** Widths of heads: Zebra's data sheets (104 mm at 8 or 12 dots/mm; 56 mm for the small ones). */
export const zplModels: readonly ZplModel[] = [
  { name: 'GK420', dotsPerInch: 203, headDots: 832 },
  { name: 'GX420', dotsPerInch: 203, headDots: 832 },
  { name: 'GX430', dotsPerInch: 300, headDots: 1248 },
  { name: 'LP 2824', dotsPerInch: 203, headDots: 448 },
  { name: 'ZD410', dotsPerInch: 203, headDots: 448 },
  { name: 'ZD230', dotsPerInch: 203, headDots: 832 },
  { name: 'ZPL 203 dpi', dotsPerInch: 203, headDots: 832 },
  { name: 'ZPL 300 dpi', dotsPerInch: 300, headDots: 1248 },
]

/** The row of a name, or the one for the resolution that the text names; 203 dpi is by far the most common. */
export function zplModel(text: string): ZplModel {
  const spoken = text.toLowerCase()
  const generic = (dotsPerInch: number) =>
    zplModels.find((row) => row.name === `ZPL ${dotsPerInch} dpi`) ?? zplModels[0]
  const found =
    zplModels.find((row) => spoken.includes(row.name.toLowerCase())) ??
    generic(/300\s?dpi/.test(spoken) ? 300 : 203)
  if (!found) throw new Error('The table of ZPL models is empty')
  return found
}
