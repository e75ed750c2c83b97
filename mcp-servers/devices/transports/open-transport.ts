import { DeviceError } from '../device-error.ts'
import type { PrinterSurroundings, TransportConfig } from '../printers/printer.ts'
import type { Transport } from './byte-channel.ts'
import { deviceNodeTransport } from './device-node.ts'
import { tcpTransport } from './tcp.ts'
import { openUsbPrinter } from './usb-printer.ts'

/** NIIMBOT's, and it does not matter on a USB line: niimbluelib `serial_impl.ts`. */
const serialBaudRate = 115_200

/** The byte line that a printer's configuration names. Throws `DeviceError` for one that carries no bytes. */
export function openTransport(config: TransportConfig | null, around: PrinterSurroundings): Transport {
  switch (config?.kind) {
    case 'tcp':
      return tcpTransport(config.host, config.port, around.clock)
    case 'device':
      return deviceNodeTransport(config.path, async () => config.path, around.clock)
    case 'usb':
      return usbTransport(config.key, around)
    case 'serial':
      return around.serialLine(config.key, serialBaudRate)
    default:
      throw new DeviceError(
        'unsupported',
        'This printer needs a transport of kind tcp, device, usb or serial in its configuration.',
      )
  }
}

/** Through the node of the system's printer driver where there is one, else through USB itself (macOS). */
function usbTransport(key: string, around: PrinterSurroundings): Transport {
  const { clock } = around
  return {
    words: key,
    async open() {
      const path = await around.printerNode(key)
      if (path) return deviceNodeTransport(key, async () => path, clock).open()
      const device = await around.usbPrinter(key)
      if (device) return openUsbPrinter(device, clock)
      throw new DeviceError('not-found', 'The printer is not plugged in. Plug it in, then try again.')
    },
  }
}
