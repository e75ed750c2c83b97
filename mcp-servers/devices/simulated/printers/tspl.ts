import { TsplDecoder } from '../../printers/tspl/job-decoder.ts'
import type { Firmware } from '../simulated-printer.ts'

/** A TSPL printer: one byte of status, answered at once whatever it does. */
export const tsplFirmware: Firmware = (mechanism, say) => {
  const decoder = new TsplDecoder(mechanism.media()?.dotsPerInch ?? 203)
  const status = () =>
    (mechanism.door() === 'open' ? 0x01 : 0) |
    (mechanism.media() ? 0 : 0x04) |
    (mechanism.isPrinting() ? 0x20 : 0)
  return (heard) => {
    for (const event of decoder.push(heard)) {
      if (event.kind === 'status-asked') say(Uint8Array.of(status()))
      if (event.kind === 'label') void mechanism.print(event.label)
    }
  }
}
