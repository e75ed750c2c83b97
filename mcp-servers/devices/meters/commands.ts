import type { ReportChannel } from '../transports/hid.ts'
import { crc8 } from './crc8.ts'

/**
 * All that HWLab can say to a meter: tell who you are, start sending, go on sending. There is no way to express another
 * command: those that differ between projects (baryluk, OpenFNB58, blakelton) include triggers that raise the voltage on
 * somebody’s equipment.
 */
export type MeterCommand = 'info' | 'start' | 'continue'

const codes: Record<MeterCommand, number> = { info: 0x81, start: 0x82, continue: 0x83 }
export const reportBytes = 64
const frameStart = 0xaa

/** `aa <code> 00×61 <crc-8 of bytes 1 to 62>` */
function commandReport(command: MeterCommand): Uint8Array {
  const report = new Uint8Array(reportBytes)
  report[0] = frameStart
  report[1] = codes[command]
  report[reportBytes - 1] = crc8(report.subarray(1, reportBytes - 1))
  return report
}

/** A line to a meter that can only read. */
export interface MeterLine extends Pick<ReportChannel, 'read' | 'close'> {
  say(command: MeterCommand): Promise<void>
}

export function meterLine(channel: ReportChannel): MeterLine {
  return {
    say: (command) => channel.write(commandReport(command)),
    read: channel.read,
    close: channel.close,
  }
}
