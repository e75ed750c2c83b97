import { DeviceError } from '../../device-error.ts'
import { mediaById } from '../../labels/media.ts'
import { openSimulatedQl } from '../../simulated/simulated-ql.ts'
import { tcpTransport } from '../../transports/tcp.ts'
import type { PrinterDriver } from '../printer.ts'
import { qlPrinter } from './brother-ql.ts'

const printTakesMs = 600

/** The real driver over a real socket, to a printer that is software and says so. */
export default {
  driver: 'simulated',
  async open(config, around) {
    const media = mediaById(config.media)
    if (!media) throw new DeviceError('unsupported', `${config.media} is not a medium that HWLab knows.`)
    const { clock, labelsFolder } = around
    const simulated = await openSimulatedQl({ media, labelsFolder, printTakesMs, clock })
    const line = tcpTransport('127.0.0.1', simulated.port, clock)
    const transport = { ...line, open: async () => ({ ...(await line.open()), answersForSure: true }) }
    const printer = qlPrinter({ ...config, model: 'QL-820NWB' }, transport, around)
    return {
      ...printer,
      simulated: true,
      async print(job) {
        const outcome = await printer.print(job)
        const path = simulated.labels().at(-1)
        return outcome.kind === 'printed' && path
          ? {
              kind: 'printed',
              words: 'The simulated printer says that it is printed.',
              file: { path, mediaType: 'image/png' },
            }
          : outcome
      },
      door: { state: simulated.door, move: simulated.moveDoor },
      close: simulated.close,
    }
  },
} satisfies PrinterDriver
