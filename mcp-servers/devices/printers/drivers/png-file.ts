import { bitmapPng } from '../../labels/bitmap-png.ts'
import { filePrinter, fitsPaper } from '../file-printer.ts'
import type { PrinterDriver } from '../printer.ts'

export default {
  driver: 'png-file',
  takes: fitsPaper,
  open: async (config, around) =>
    filePrinter(config, around, {
      ending: 'png',
      mediaType: 'image/png',
      encode: async (bitmap, media) => bitmapPng(bitmap, media.dotsPerInch),
    }),
} satisfies PrinterDriver
