import { DeviceError } from '../device-error.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import { mediaById } from '../labels/media.ts'
import { openTransport } from '../transports/open-transport.ts'
import { linePrinter } from './line-printer.ts'
import type { PrinterDriver } from './printer.ts'
import { type StatusLanguage, statusLanguage } from './status-language.ts'

/** A thermal printer of labels on a roll, by the name in its device id. */
export interface RollPrinterModel {
  name: string
  dotsPerInch: 203 | 300
  headDots: number
}

/**
 * The row of a name, or the general one for the resolution in the text: "ZTC ZD420-300dpi", "50x30-300". 203 dpi is by far
 * the most common.
 */
export function rollPrinterModel(models: readonly RollPrinterModel[], text: string): RollPrinterModel {
  const spoken = text.toLowerCase()
  const resolution = /300\s?dpi|-300$/.test(spoken) ? 300 : 203
  const found =
    models.find((row) => spoken.includes(row.name.toLowerCase())) ??
    models.find((row) => row.name.endsWith(` ${resolution} dpi`))
  if (!found) throw new Error('The table of models has no general row')
  return found
}

/** The driver of a language that is spoken by printers of labels on a roll. */
export function rollPrinterDriver(language: {
  driver: string
  models: readonly RollPrinterModel[]
  conversation(media: LabelMedia): StatusLanguage
}): PrinterDriver {
  const { driver, models, conversation } = language
  return {
    driver,
    takes: (media, model) => prints(media, rollPrinterModel(models, model ?? media.id)),
    async open(config, around) {
      const media = mediaById(config.media)
      const model = rollPrinterModel(models, config.model ?? config.media)
      if (media?.stock !== 'label-roll')
        throw new DeviceError(
          'unsupported',
          `${config.media} is no label roll. Use for example 50x30-203 or 50x30-300.`,
        )
      if (!prints(media, model))
        throw new DeviceError(
          'unsupported',
          `A ${model.name} cannot print on ${media.words}. Choose a size for ${model.dotsPerInch} dpi that is not wider than its head.`,
        )
      const transport = openTransport(config.transport, around)
      return linePrinter(config, {
        transport,
        language: statusLanguage(conversation(media)),
        clock: around.clock,
      })
    },
  }
}

function prints(media: LabelMedia, { dotsPerInch, headDots }: RollPrinterModel): boolean {
  return media.stock === 'label-roll' && media.dotsPerInch === dotsPerInch && media.widthDots <= headDots
}
