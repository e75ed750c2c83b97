/** A Brother QL. Sources: pklaus/brother_ql `models.py`, matmair/brother_ql-inventree `models.py` (the 11xx). */
export interface QlModel {
  name: string
  /** USB product id below vendor 04f9, lower-case hex. */
  productId: string
  head: QlHead
  /** Takes rows in PackBits. */
  packsBits: boolean
  /** Has several command sets, so raster mode has to be chosen. */
  switchesMode: boolean
  /** Takes black and red rows. */
  twoColours: boolean
  cuts: boolean
  /** How many zeros flush a half-received job. */
  invalidateBytes: number
}

interface QlHead {
  bytes: number
  /** White dots at the right that no roll reaches. */
  spareDots: number
}

const narrow: QlHead = { bytes: 90, spareDots: 0 }
const wide: QlHead = { bytes: 162, spareDots: 44 }

type Abilities = Omit<QlModel, 'name' | 'productId'>
const plain: Abilities = {
  head: narrow,
  packsBits: false,
  switchesMode: false,
  twoColours: false,
  cuts: true,
  invalidateBytes: 200,
}
const network: Abilities = { ...plain, packsBits: true, switchesMode: true }
const colour: Abilities = { ...network, twoColours: true, invalidateBytes: 400 }

export const qlModels: readonly QlModel[] = [
  { name: 'QL-500', productId: '2015', ...plain, cuts: false },
  { name: 'QL-550', productId: '2016', ...plain },
  { name: 'QL-560', productId: '2027', ...plain },
  { name: 'QL-570', productId: '2028', ...plain },
  { name: 'QL-580N', productId: '2029', ...network },
  { name: 'QL-600', productId: '20c0', ...plain },
  { name: 'QL-650TD', productId: '201b', ...network },
  { name: 'QL-700', productId: '2042', ...plain },
  { name: 'QL-710W', productId: '2043', ...network },
  { name: 'QL-720NW', productId: '2044', ...network },
  { name: 'QL-800', productId: '209b', ...colour, packsBits: false },
  { name: 'QL-810W', productId: '209c', ...colour },
  { name: 'QL-820NWB', productId: '209d', ...colour },
  { name: 'QL-1050', productId: '2020', ...network, head: wide },
  { name: 'QL-1060N', productId: '202a', ...network, head: wide },
  { name: 'QL-1100', productId: '20a7', ...network, head: wide },
  { name: 'QL-1110NWB', productId: '20a8', ...network, head: wide },
  { name: 'QL-1115NWB', productId: '20ab', ...network, head: wide },
]

export function qlModel(name: string): QlModel | null {
  return qlModels.find((model) => model.name === name) ?? null
}
