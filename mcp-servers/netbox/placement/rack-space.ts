export type Face = 'front' | 'rear'

/** Something that takes up units of a rack. Heights and positions in units, with halves; position is the lowest unit. */
export interface Mounted {
  position: number
  heightUnits: number
  isFullDepth: boolean
  /** null: not recorded, so both faces count as taken. */
  face: Face | null
}

export interface RackFrame {
  /** Number of the lowest unit; 1 in most racks. */
  firstUnit: number
  heightUnits: number
  mounted: readonly Mounted[]
  /** Units that somebody reserved. */
  reserved: readonly number[]
}

export interface FreeSlot {
  unit: number
  face: Face
  /** Height of the whole gap that it lies in. */
  gapUnits: number
}

interface Wanted {
  heightUnits: number
  isFullDepth: boolean
}

/** The lowest place in the tightest gap that is high enough, at the front where there is one; null when nothing fits. */
export function freeSlot(frame: RackFrame, wanted: Wanted): FreeSlot | null {
  const front = takenHalves(frame, 'front')
  const rear = takenHalves(frame, 'rear')
  if (wanted.isFullDepth) {
    const both = front.map((taken, at) => taken || (rear[at] ?? true))
    return tightest(frame, both, wanted, 'front')
  }
  return tightest(frame, front, wanted, 'front') ?? tightest(frame, rear, wanted, 'rear')
}

/** Units that are free at the front and at the rear. */
export function freeUnits(frame: RackFrame): number {
  const rear = takenHalves(frame, 'rear')
  return takenHalves(frame, 'front').filter((taken, at) => !taken && !rear[at]).length / 2
}

/** One entry per half unit, from below. */
function takenHalves(frame: RackFrame, face: Face): boolean[] {
  const halves = Array.from({ length: Math.round(frame.heightUnits * 2) }, () => false)
  const take = (position: number, heightUnits: number) => {
    const from = Math.floor((position - frame.firstUnit) * 2)
    const to = Math.ceil((position + heightUnits - frame.firstUnit) * 2)
    for (let at = Math.max(0, from); at < Math.min(to, halves.length); at += 1) halves[at] = true
  }
  for (const unit of frame.reserved) take(unit, 1)
  for (const { position, heightUnits, isFullDepth, face: own } of frame.mounted)
    if (isFullDepth || own === null || own === face) take(position, heightUnits)
  return halves
}

function tightest(
  frame: RackFrame,
  taken: readonly boolean[],
  { heightUnits }: Wanted,
  face: Face,
): FreeSlot | null {
  const halves = Math.ceil(heightUnits * 2)
  // The holes repeat with every unit, so only a thing with a half unit may begin at one.
  const step = halves % 2 === 0 ? 2 : 1
  let best: FreeSlot | null = null
  for (const { from, to } of runsOf(taken)) {
    const start = Math.ceil(from / step) * step
    const gapUnits = (to - from) / 2
    if (start + halves <= to && (best === null || gapUnits < best.gapUnits))
      best = { unit: frame.firstUnit + start / 2, face, gapUnits }
  }
  return best
}

/** Where nothing is, from below; `to` is exclusive. */
function runsOf(taken: readonly boolean[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = []
  let from: number | null = null
  for (let at = 0; at <= taken.length; at += 1) {
    const isFree = at < taken.length && !taken[at]
    if (isFree && from === null) from = at
    if (!isFree && from !== null) {
      runs.push({ from, to: at })
      from = null
    }
  }
  return runs
}
