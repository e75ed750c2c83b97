import { DeviceError } from '../../device-error.ts'
import { mediaById } from '../../labels/media.ts'
import { openTransport } from '../../transports/open-transport.ts'
import { escPosModel } from '../esc-pos/models.ts'
import { escPosConversation } from '../esc-pos/print-conversation.ts'
import { linePrinter } from '../line-printer.ts'
import type { PrinterDriver } from '../printer.ts'
import { statusLanguage } from '../status-language.ts'

export default {
  driver: 'esc-pos',
  takes: (media, model) =>
    media.stock === 'receipt' && media.widthDots <= escPosModel(model ?? media.id).headDots,
  async open(config, around) {
    const media = mediaById(config.media)
    const model = escPosModel(config.model ?? config.media)
    if (media?.stock !== 'receipt')
      throw new DeviceError(
        'unsupported',
        `${config.media} is no receipt paper. Use receipt-58 or receipt-80.`,
      )
    if (media.widthDots > model.headDots)
      throw new DeviceError('unsupported', `${media.words} is wider than a ${model.name} prints.`)
    const language = statusLanguage(escPosConversation(media, model))
    const transport = openTransport(config.transport, around)
    return linePrinter(config, { transport, language, clock: around.clock })
  },
} satisfies PrinterDriver
