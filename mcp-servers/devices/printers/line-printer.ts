import type { Clock } from '../../serving/clock.ts'
import type { Bitmap } from '../labels/bitmap.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import { labelSvg } from '../labels/label-svg.ts'
import { rasterise } from '../labels/rasterise.ts'
import type { ByteChannel, Transport } from '../transports/byte-channel.ts'
import type { Printer, PrinterConfig, PrinterState, PrintOutcome } from './printer.ts'

/** An open line to a label printer. */
export interface LabelLine {
  channel: ByteChannel
  clock: Clock
}

/** How one printer is talked to; it may remember what this printer answers. */
export interface PrinterLanguage {
  /** What the next label will be laid out for. */
  media(): LabelMedia
  state(line: LabelLine): Promise<PrinterState>
  /** One label; `sending` is called right before the first byte that could become one. */
  print(line: LabelLine, draw: (media: LabelMedia) => Bitmap, sending: () => void): Promise<PrintOutcome>
  /** The printer could not be reached: when it comes back it may be another. */
  lost(): void
}

/** A printer behind any byte line; the line is opened for each question and each label. */
export function linePrinter(
  config: Pick<PrinterConfig, 'id' | 'name'>,
  line: { transport: Transport; language: PrinterLanguage; clock: Clock },
): Printer {
  const { transport, language, clock } = line

  async function onLine<Result>(use: (line: LabelLine) => Promise<Result>): Promise<Result> {
    const channel = await transport.open().catch((cause: unknown) => {
      language.lost()
      throw cause
    })
    try {
      return await use({ channel, clock })
    } finally {
      await channel.close()
    }
  }

  return {
    id: config.id,
    name: config.name,
    simulated: false,
    repeatable: false,
    media: language.media,
    state: () => onLine(language.state),
    print: (job) =>
      onLine((open) =>
        language.print(open, (media) => rasterise(labelSvg(job.facts, media), media), job.sending),
      ),
    switchboard: null,
    close: async () => {},
  }
}
