import { DeviceError } from '../../device-error.ts'
import { mediaById } from '../../labels/media.ts'
import type { Transport } from '../../transports/byte-channel.ts'
import { openTransport } from '../../transports/open-transport.ts'
import { qlModel } from '../brother-ql/models.ts'
import { qlLanguage } from '../brother-ql/ql-language.ts'
import { takesRoll } from '../brother-ql/raster.ts'
import { linePrinter } from '../line-printer.ts'
import type { Printer, PrinterConfig, PrinterDriver, PrinterSurroundings } from '../printer.ts'

const standardModel = 'QL-820NWB'

export default {
  driver: 'brother-ql',
  takes: (media, model) => {
    const ql = qlModel(model ?? standardModel)
    return ql !== null && takesRoll(ql, media)
  },
  open: async (config, around) => qlPrinter(config, openTransport(config.transport, around), around),
} satisfies PrinterDriver

/**
 * A Brother QL behind any byte line. The medium `loaded` is whatever roll the printer says that it has. Throws
 * `DeviceError` for a model or medium that is not in the tables.
 */
export function qlPrinter(config: PrinterConfig, transport: Transport, around: PrinterSurroundings): Printer {
  const model = qlModel(config.model ?? standardModel)
  const takesAnyRoll = config.media === 'loaded'
  const media = mediaById(takesAnyRoll ? '62' : config.media)
  if (!model)
    throw new DeviceError('unsupported', `${config.model} is not a Brother QL model that HWLab knows.`)
  if (media?.stock !== 'brother-dk')
    throw new DeviceError(
      'unsupported',
      `${config.media} is not a Brother roll. Use for example 62, 29x90 or 62x29.`,
    )
  if (!takesRoll(model, media))
    throw new DeviceError(
      'unsupported',
      `A ${model.name} cannot print on ${media.words}. Choose another roll.`,
    )
  const language = qlLanguage(model, media, takesAnyRoll)
  return linePrinter(config, { transport, language, clock: around.clock })
}
