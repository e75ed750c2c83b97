import { DeviceError } from '../../device-error.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import { mediaById } from '../../labels/media.ts'
import { printerSwitchboard } from '../../simulated/printer-switches.ts'
import { brotherQlFirmware } from '../../simulated/printers/brother-ql.ts'
import { escPosFirmware } from '../../simulated/printers/esc-pos.ts'
import { niimbotFirmware } from '../../simulated/printers/niimbot.ts'
import { tsplFirmware } from '../../simulated/printers/tspl.ts'
import { zplFirmware } from '../../simulated/printers/zpl.ts'
import { type Firmware, openSimulatedPrinter } from '../../simulated/simulated-printer.ts'
import { tcpTransport } from '../../transports/tcp.ts'
import { qlModel } from '../brother-ql/models.ts'
import { qlLanguage } from '../brother-ql/ql-language.ts'
import { takesRoll } from '../brother-ql/raster.ts'
import { escPosModel } from '../esc-pos/models.ts'
import { escPosConversation } from '../esc-pos/print-conversation.ts'
import { linePrinter, type PrinterLanguage } from '../line-printer.ts'
import { niimbotModels } from '../niimbot/models.ts'
import { niimbotLanguage } from '../niimbot/print-conversation.ts'
import type { PrinterDriver } from '../printer.ts'
import { statusLanguage } from '../status-language.ts'
import { tsplConversation } from '../tspl/print-conversation.ts'
import { zplConversation } from '../zpl/print-conversation.ts'

const printTakesMs = 600
const standardModel = 'QL-820NWB'

const ofStock = (stock: LabelMedia['stock']) => (media: LabelMedia) => media.stock === stock

interface SimulatedKind {
  takes(media: LabelMedia): boolean
  firmware: Firmware
  language(media: LabelMedia): PrinterLanguage
}

/** By the model in the configuration: the real language of HWLab, and the printer that speaks it. */
function kindOf(model: string): SimulatedKind | null {
  const ql = qlModel(model)
  if (ql)
    return {
      takes: (media) => takesRoll(ql, media),
      firmware: brotherQlFirmware,
      language: (media) => qlLanguage(ql, media, false),
    }
  const niimbot = niimbotModels.find(({ name }) => model === `NIIMBOT ${name}`)
  if (niimbot)
    return { takes: ofStock('niimbot'), firmware: niimbotFirmware(niimbot), language: niimbotLanguage }
  const others: Record<string, SimulatedKind> = {
    ZPL: {
      takes: ofStock('label-roll'),
      firmware: zplFirmware,
      language: (media) => statusLanguage(zplConversation(media)),
    },
    TSPL: {
      takes: ofStock('label-roll'),
      firmware: tsplFirmware,
      language: (media) => statusLanguage(tsplConversation(media)),
    },
    'ESC/POS': {
      takes: ofStock('receipt'),
      firmware: escPosFirmware,
      language: (media) => statusLanguage(escPosConversation(media, escPosModel(media.id))),
    },
  }
  return others[model] ?? null
}

/** The real language over a real socket, to a printer that is software and says so. */
export default {
  driver: 'simulated',
  takes: (media, model) => kindOf(model ?? standardModel)?.takes(media) ?? false,
  async open(config, around) {
    const media = mediaById(config.media)
    const kind = kindOf(config.model ?? standardModel)
    if (!kind)
      throw new DeviceError(
        'unsupported',
        `There is no simulated ${config.model}. Use QL-820NWB, ZPL, TSPL, ESC/POS or NIIMBOT B1.`,
      )
    if (!media || !kind.takes(media))
      throw new DeviceError('unsupported', `${config.media} is not a medium that this printer takes.`)
    const { clock, labelsFolder } = around
    const simulated = await openSimulatedPrinter(kind.firmware, {
      ...{ media, labelsFolder, printTakesMs, clock },
    })
    const transport = {
      words: 'the simulated printer',
      async open() {
        const line = await tcpTransport('127.0.0.1', simulated.port(), clock).open()
        return { ...line, answersForSure: true }
      },
    }
    const printer = linePrinter(config, { transport, language: kind.language(media), clock })
    return {
      ...printer,
      simulated: true,
      async print(job) {
        const outcome = await printer.print(job)
        const path = simulated.labels().at(-1)?.path
        return outcome.kind === 'printed' && path
          ? {
              kind: 'printed',
              words: 'The simulated printer says that it is printed.',
              file: { path, mediaType: 'image/png' },
            }
          : outcome
      },
      switchboard: printerSwitchboard(simulated),
      close: simulated.close,
    }
  },
} satisfies PrinterDriver
