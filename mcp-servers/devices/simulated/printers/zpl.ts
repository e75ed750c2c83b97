import { ZplDecoder } from '../../printers/zpl/job-decoder.ts'
import type { Firmware } from '../simulated-printer.ts'

/** A ZPL printer that is silent to `~HS` while its head is open or its roll is out, as Zebra's own may be. */
export const zplFirmware: Firmware = (mechanism, say) => {
  const decoder = new ZplDecoder()
  const framed = (...lines: string[]) =>
    Buffer.from(lines.map((line) => `\u0002${line}\u0003\r\n`).join(''), 'latin1')

  const status = () => {
    const waiting = mechanism.isPrinting() ? 1 : 0
    const counted = String(waiting).padStart(8, '0')
    return framed(`030,0,0,0240,00${waiting},0,0,0,000,0,0,0`, `000,0,0,0,0,2,4,0,${counted},1,000`, '1234,0')
  }

  const errors = () => {
    const bits = (mechanism.door() === 'open' ? 4 : 0) | (mechanism.media() ? 0 : 1)
    const word = bits.toString(16).padStart(8, '0')
    return Buffer.from(
      `\u0002\r\n  PRINTER STATUS\r\n   ERRORS:   ${bits ? 1 : 0} 00000000 ${word}\r\n   WARNINGS: 0 00000000 00000000\r\n\u0003`,
      'latin1',
    )
  }

  const identity = () => {
    const dotsPerMm = mechanism.media()?.dotsPerInch === 300 ? 12 : 8
    return framed(`ZD420-SIMULATED,V84.20.11Z,${dotsPerMm},2104KB`)
  }

  const isStuck = () => mechanism.door() === 'open' || !mechanism.media()

  return (heard) => {
    for (const event of decoder.push(heard)) {
      if (event.kind === 'label') void mechanism.print(event.label)
      if (event.kind !== 'asked') continue
      if (event.what === 'HQES') say(errors())
      if (event.what === 'HI') say(identity())
      if (event.what === 'HS' && !isStuck()) say(status())
    }
  }
}
