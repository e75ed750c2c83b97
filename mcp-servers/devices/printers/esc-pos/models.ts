/** A receipt printer that speaks ESC/POS at 203 dpi. */
export interface EscPosModel {
  name: string
  headDots: number
  cuts: boolean
}

/** Heads and cutters: Epson's data sheets; the general rows are what clones of that width have. */
export const escPosModels: readonly EscPosModel[] = [
  { name: 'TM-T20', headDots: 576, cuts: true },
  { name: 'TM-m30', headDots: 576, cuts: true },
  { name: 'TM-P20', headDots: 384, cuts: false },
  { name: 'POS-58', headDots: 384, cuts: false },
  { name: 'POS-80', headDots: 576, cuts: true },
]

/** The row of a name, or the general one for 58 or 80 mm. */
export function escPosModel(text: string): EscPosModel {
  const spoken = text.toLowerCase()
  const found =
    escPosModels.find((row) => spoken.includes(row.name.toLowerCase())) ??
    escPosModels.find((row) => row.name === (spoken.includes('58') ? 'POS-58' : 'POS-80'))
  if (!found) throw new Error('The table of ESC/POS models has no general row')
  return found
}
