import { DeviceError } from '../../device-error.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import { mediaById } from '../../labels/media.ts'
import { openTransport } from '../../transports/open-transport.ts'
import { linePrinter } from '../line-printer.ts'
import type { PrinterDriver } from '../printer.ts'
import { statusLanguage } from '../status-language.ts'
import { type TsplModel, tsplModel } from '../tspl/models.ts'
import { tsplConversation } from '../tspl/print-conversation.ts'

function prints(media: LabelMedia, { dotsPerInch, headDots }: TsplModel): boolean {
  return media.stock === 'label-roll' && media.dotsPerInch === dotsPerInch && media.widthDots <= headDots
}

export default {
  driver: 'tspl',
  takes: (media, model) => prints(media, tsplModel(model ?? media.id)),
  async open(config, around) {
    const media = mediaById(config.media)
    const model = tsplModel(config.model ?? config.media)
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
    const language = statusLanguage(tsplConversation(media))
    const transport = openTransport(config.transport, around)
    return linePrinter(config, { transport, language, clock: around.clock })
  },
} satisfies PrinterDriver
