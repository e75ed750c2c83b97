import type { LabelMedia } from '../../labels/label-media.ts'
import { frameBytes } from '../../printers/brother-ql/status.ts'

export type FrameType = 'reply' | 'completed' | 'error' | 'phase-change'

const typeBytes: Record<FrameType, number> = {
  reply: 0x00,
  completed: 0x01,
  error: 0x02,
  'phase-change': 0x06,
}

/** A status as a QL-820NWB sends it (series 34, model 41); layout in `printers/brother-ql/status.ts`. */
export function statusFrame(says: {
  type: FrameType
  printing: boolean
  media: LabelMedia | null
  errors: [first: number, second: number]
}): Uint8Array {
  const frame = new Uint8Array(frameBytes)
  frame.set([0x80, 0x20, 0x42, 0x34, 0x41, 0x30])
  frame.set(says.errors, 8)
  if (says.media) {
    frame[10] = says.media.widthMm
    frame[11] = says.media.kind === 'die-cut' ? 0x0b : 0x0a
    frame[17] = says.media.lengthMm
  }
  frame[18] = typeBytes[says.type]
  frame[19] = says.printing ? 1 : 0
  return frame
}
