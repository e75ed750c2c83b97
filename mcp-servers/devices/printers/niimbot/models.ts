/** How a printer wants a label announced, and how it says that it is done. */
export interface NiimbotTask {
  /** Bytes of SetPageSize: rows; and columns; and copies. */
  pageSize: 'rows' | 'rows-columns' | 'rows-columns-copies'
  /** Long: pages and colour. */
  printStart: 'short' | 'long'
  /** PrintClear before the page, PrintQuantity after its size. */
  clears: boolean
  sendsQuantity: boolean
  /** Counts of black dots with every row: of the thirds of the head, or all. */
  counts: 'thirds' | 'total'
  /** Wants to be asked about every 200th row, and answers. */
  checksRows: boolean
  completion: 'print-status' | 'page-index' | 'print-end'
}

/** Source: MultiMote/niimbluelib `print_tasks/`, `packet_generator.ts`. */
const tasks = {
  b1: {
    pageSize: 'rows-columns-copies',
    printStart: 'long',
    clears: false,
    sendsQuantity: false,
    counts: 'thirds',
    checksRows: false,
    completion: 'print-status',
  },
  d110: {
    pageSize: 'rows-columns',
    printStart: 'short',
    clears: false,
    sendsQuantity: true,
    counts: 'thirds',
    checksRows: false,
    completion: 'print-status',
  },
  d11: {
    pageSize: 'rows',
    printStart: 'short',
    clears: true,
    sendsQuantity: true,
    counts: 'thirds',
    checksRows: false,
    completion: 'page-index',
  },
  b21: {
    pageSize: 'rows-columns',
    printStart: 'short',
    clears: false,
    sendsQuantity: false,
    counts: 'total',
    checksRows: true,
    completion: 'print-end',
  },
} as const satisfies Record<string, NiimbotTask>

export interface NiimbotModel {
  name: string
  /** What it answers when it is asked for its model. */
  ids: readonly number[]
  headDots: number
  density: number
  task: NiimbotTask
}

/** Source: MultiMote/niimbluelib `printer_models.ts`; all 203 dpi. Others exist; HWLab prints on those whose way is known. */
export const niimbotModels: readonly NiimbotModel[] = [
  { name: 'B1', ids: [4096], headDots: 384, density: 3, task: tasks.b1 },
  { name: 'B21', ids: [768], headDots: 384, density: 3, task: tasks.b21 },
  { name: 'D110', ids: [2304, 2305], headDots: 96, density: 2, task: tasks.d110 },
  { name: 'D11', ids: [512], headDots: 96, density: 2, task: tasks.d11 },
]

export function niimbotModel(id: number): NiimbotModel | null {
  return niimbotModels.find((model) => model.ids.includes(id)) ?? null
}

/** Its ids are those of the chip inside, so it is known by what it calls itself. */
export function isNiimbot(device: { manufacturer: string | null; product: string | null }): boolean {
  return /niimbot/i.test(`${device.manufacturer} ${device.product}`)
}

/** On these the heartbeat says 1 for a closed lid. */
const invertedLids = [512, 513, 514, 272, 273, 274, 1792, 2304, 2560, 3584, 3840, 4352, 5120]

export function hasInvertedLid(id: number): boolean {
  return invertedLids.includes(id)
}
