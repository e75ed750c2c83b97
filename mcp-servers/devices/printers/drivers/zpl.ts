import { DeviceError } from '../../device-error.ts'
import { mediaById } from '../../labels/media.ts'
import { openTransport } from '../../transports/open-transport.ts'
import { linePrinter } from '../line-printer.ts'
import type { PrinterDriver } from '../printer.ts'
import { statusLanguage } from '../status-language.ts'
import { zplModel } from '../zpl/models.ts'
import { zplConversation } from '../zpl/print-conversation.ts'

export default {
  driver: 'zpl',
  async open(config, around) {
    const media = mediaById(config.media)
    const model = zplModel(config.model ?? config.media)
    if (media?.stock !== 'label-roll')
      throw new DeviceError(
        'unsupported',
        `${config.media} is no label roll. Use for example 50x30-203 or 50x30-300.`,
      )
    if (media.widthDots > model.headDots)
      throw new DeviceError('unsupported', `${media.words} are wider than a ${model.name} prints.`)
    const language = statusLanguage(zplConversation(media))
    const transport = openTransport(config.transport, around)
    return linePrinter(config, { transport, language, clock: around.clock })
  },
} satisfies PrinterDriver
