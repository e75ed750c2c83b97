import { DeviceError } from '../../device-error.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import { mediaById } from '../../labels/media.ts'
import { openTransport } from '../../transports/open-transport.ts'
import { linePrinter } from '../line-printer.ts'
import type { PrinterDriver } from '../printer.ts'
import { statusLanguage } from '../status-language.ts'
import { type ZplModel, zplModel } from '../zpl/models.ts'
import { zplConversation } from '../zpl/print-conversation.ts'

function prints(media: LabelMedia, { dotsPerInch, headDots }: ZplModel): boolean {
  return media.stock === 'label-roll' && media.dotsPerInch === dotsPerInch && media.widthDots <= headDots
}

export default {
  driver: 'zpl',
  takes: (media, model) => prints(media, zplModel(model ?? media.id)),
  async open(config, around) {
    const media = mediaById(config.media)
    const model = zplModel(config.model ?? config.media)
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
    const language = statusLanguage(zplConversation(media))
    const transport = openTransport(config.transport, around)
    return linePrinter(config, { transport, language, clock: around.clock })
  },
} satisfies PrinterDriver
