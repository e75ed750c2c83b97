import { labelPdf } from '../../labels/label-pdf.ts'
import { filePrinter, fitsPaper } from '../file-printer.ts'
import type { PrinterDriver } from '../printer.ts'

export default {
  driver: 'pdf-file',
  takes: fitsPaper,
  open: async (config, around) =>
    filePrinter(config, around, {
      ending: 'pdf',
      mediaType: 'application/pdf',
      encode: (bitmap, media) => labelPdf(bitmap, media),
    }),
} satisfies PrinterDriver
