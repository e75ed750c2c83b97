import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../serving/clock.ts'
import { type Bitmap, turnAnticlockwise } from '../labels/bitmap.ts'
import { bitmapPng } from '../labels/bitmap-png.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import { labelTemplates } from '../labels/template.ts'

export type Door = 'open' | 'closed'
/** What happens to the printer in the middle of the next label. */
export type Mishap = 'cover-opened' | 'media-end' | 'power-loss'

export interface SimulatedLabel {
  bitmap: Bitmap
  /** The PNG of what the bytes said. */
  path: string
}

/** What every printer has, whatever it speaks: a cover, a roll, and a head that takes its time. */
export interface PrintMechanism {
  door(): Door
  media(): LabelMedia | null
  isPrinting(): boolean
  /** Labels one after the other; `stopped` when the cover, the roll or the power went. */
  print(label: Bitmap): Promise<'out' | 'stopped'>
}

export interface MechanismOptions {
  media: LabelMedia
  labelsFolder: string
  printTakesMs: number
  clock: Clock
}

export function openPrintMechanism(options: MechanismOptions, onPowerLoss: () => void) {
  const { clock } = options
  const labels: SimulatedLabel[] = []
  let door: Door = 'closed'
  let media: LabelMedia | null = options.media
  let mishap: Mishap | null = null
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  async function printOne(label: Bitmap): Promise<'out' | 'stopped'> {
    await passing(options.printTakesMs / 2)
    if (mishap === 'cover-opened') door = 'open'
    if (mishap === 'media-end') media = null
    if (mishap === 'power-loss') onPowerLoss()
    const isPowered = mishap !== 'power-loss'
    mishap = null
    await passing(options.printTakesMs / 2)
    if (door === 'open' || !media || !isPowered) return 'stopped'
    const path = join(options.labelsFolder, `simulated-${clock.nowMs()}-${labels.length + 1}.png`)
    const isTurned = labelTemplates[media.template].rotationDegrees === 90
    await writeFile(path, bitmapPng(isTurned ? turnAnticlockwise(label) : label, media.dotsPerInch))
    labels.push({ bitmap: label, path })
    return 'out'
  }

  const passing = (forMs: number) =>
    new Promise<void>((resolve) => {
      clock.after(forMs, resolve)
    })

  return {
    door: () => door,
    media: () => media,
    isPrinting: () => waiting > 0,
    print(label: Bitmap): Promise<'out' | 'stopped'> {
      waiting += 1
      const result = last
        .then(() => printOne(label))
        .finally(() => {
          waiting -= 1
        })
      last = result.catch(() => {})
      return result
    },
    /** Resolves when nothing is being printed. */
    async idle(): Promise<void> {
      await last
    },
    labels: (): readonly SimulatedLabel[] => labels,
    moveDoor(to: Door) {
      door = to
    },
    load(roll: LabelMedia | null) {
      media = roll
    },
    mishap: () => mishap,
    meet(next: Mishap | null) {
      mishap = next
    },
  }
}
