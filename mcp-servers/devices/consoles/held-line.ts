import type { SerialTransport } from '../transports/serial.ts'
import { type ConsoleLine, usualRates } from './find-baud.ts'

/**
 * A serial port as a line to try at several speeds. It is opened once, so that nobody else gets it between two speeds;
 * `close` gives it back.
 */
export function heldLine(
  words: string,
  transport: SerialTransport,
  lastRate: number | null,
): ConsoleLine & { close(): Promise<void> } {
  const opening: { line: ReturnType<SerialTransport['open']> | null } = { line: null }
  return {
    words,
    rates: [...new Set([...(lastRate === null ? [] : [lastRate]), ...usualRates])],
    async open(rate) {
      opening.line ??= transport.open()
      const channel = await opening.line
      if (rate !== null) await channel.setBaudRate(rate)
      return { ...channel, close: async () => {} }
    },
    async close() {
      if (opening.line) await (await opening.line).close()
    },
  }
}
