import { join } from 'node:path'
import { DeviceError } from '../device-error.ts'
import type { Bitmap } from '../labels/bitmap.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import { labelSvg } from '../labels/label-svg.ts'
import { mediaById } from '../labels/media.ts'
import { rasterise } from '../labels/rasterise.ts'
import type { PrintedFile, Printer, PrinterConfig, PrinterSurroundings } from './printer.ts'
import { writeWholeFile } from './write-whole-file.ts'

/** A picture or a page has any size; these are the ones that labels have. */
export const fitsPaper = (media: LabelMedia): boolean =>
  media.stock === 'page' || (media.stock === 'label-roll' && media.dotsPerInch === 300)

/** A "printer" that writes each label as a file named by its job, so that doing it again changes nothing. */
export function filePrinter(
  config: PrinterConfig,
  around: PrinterSurroundings,
  format: {
    ending: string
    mediaType: PrintedFile['mediaType']
    encode(bitmap: Bitmap, media: LabelMedia): Promise<Uint8Array>
  },
): Printer {
  const media = mediaById(config.media)
  if (!media) throw new DeviceError('unsupported', `${config.media} is not a medium that HWLab knows.`)
  return {
    id: config.id,
    name: config.name,
    simulated: false,
    repeatable: true,
    media: () => media,
    state: async () => ({ condition: 'ready', words: `Ready, saves files of ${media.words}` }),
    async print(job) {
      const bitmap = rasterise(labelSvg(job.facts, media), media)
      const bytes = await format.encode(bitmap, media)
      const path = join(around.labelsFolder, `${job.facts.tag}-${job.id}.${format.ending}`)
      job.sending()
      await writeWholeFile(path, bytes)
      return { kind: 'saved', file: { path, mediaType: format.mediaType } }
    },
    switchboard: null,
    close: async () => {},
  }
}
