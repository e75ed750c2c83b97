import { DeviceError } from '../../device-error.ts'
import { mediaById } from '../../labels/media.ts'
import { openTransport } from '../../transports/open-transport.ts'
import { linePrinter } from '../line-printer.ts'
import { niimbotLanguage } from '../niimbot/print-conversation.ts'
import type { PrinterDriver } from '../printer.ts'

export default {
  driver: 'niimbot',
  takes: (media) => media.stock === 'niimbot',
  async open(config, around) {
    const media = mediaById(config.media)
    if (media?.stock !== 'niimbot')
      throw new DeviceError(
        'unsupported',
        `${config.media} is no NIIMBOT roll. Use for example niimbot-50x30 or niimbot-12x40.`,
      )
    const transport = openTransport(config.transport, around)
    return linePrinter(config, { transport, language: niimbotLanguage(media), clock: around.clock })
  },
} satisfies PrinterDriver
