import { mmToDots } from './label-media.ts'
import type { LabelFacts } from './label-svg.ts'
import { type QrCode, qrCode } from './qr-code.ts'

/** Quiet zone on every side of a QR code: ISO/IEC 18004, 6.3.8. */
export const quietModules = 4
/** Below that a phone camera struggles. */
const smallestModuleMm = 0.25

export interface SizedCode {
  qr: QrCode
  moduleDots: number
  sizeDots: number
  quietDots: number
}

/**
 * The address of the record as large as it fits, or the bare tag where that would be too fine for a camera. `quietRoomDots`
 * is what the code may take together with its quiet zone: white around the printable area counts.
 */
export function sizeCode(
  facts: LabelFacts,
  room: { largestDots: number; quietRoomDots: number; dotsPerInch: number },
): SizedCode {
  const moduleDotsOf = (qr: QrCode) =>
    Math.floor(
      Math.min(room.largestDots / qr.sizeModules, room.quietRoomDots / (qr.sizeModules + 2 * quietModules)),
    )
  const smallestDots = mmToDots(smallestModuleMm, room.dotsPerInch)
  const levels = ['M', 'L'] as const
  const candidates = levels.map((level) => qrCode(facts.url, level))
  const qr = candidates.find((candidate) => moduleDotsOf(candidate) >= smallestDots) ?? qrCode(facts.tag, 'M')
  const moduleDots = Math.max(1, moduleDotsOf(qr))
  return {
    qr,
    moduleDots,
    sizeDots: moduleDots * qr.sizeModules,
    quietDots: moduleDots * quietModules,
  }
}
