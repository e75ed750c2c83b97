import { JobDecoder, type JobEvent } from '../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import type { ByteChannel, Transport } from '../../mcp-servers/devices/transports/byte-channel.ts'
import { ByteInbox } from '../../mcp-servers/devices/transports/byte-inbox.ts'
import type { Clock } from '../../mcp-servers/serving/clock.ts'

/**
 * A line in memory to a Brother QL that does what a test says: `answer` gets each thing that the printer understood and
 * gives the bytes that it sends back; 'hang-up' ends the line, 'silence' lets the clock run to the reader's deadline.
 */
export function fakeQlLine(options: {
  clock: Clock
  answersForSure: boolean
  answer(event: JobEvent): Uint8Array[] | 'hang-up'
}) {
  const events: JobEvent[] = []
  let closed = 0
  let unread = 0
  const transport: Transport = {
    words: 'memory',
    async open(): Promise<ByteChannel> {
      const inbox = new ByteInbox(options.clock)
      const decoder = new JobDecoder()
      return {
        answersForSure: options.answersForSure,
        async write(bytes) {
          for (const event of decoder.push(bytes)) {
            events.push(event)
            const said = options.answer(event)
            if (said === 'hang-up') inbox.end()
            else for (const piece of said) inbox.put(piece)
          }
        },
        read: (withinMs) => inbox.take(withinMs),
        async close() {
          closed += 1
          if ((await inbox.take(0)).kind === 'bytes') unread += 1
        },
      }
    },
  }
  return {
    transport,
    labels: () => events.filter((event) => event.kind === 'page'),
    closed: () => closed,
    /** How many lines were closed with something in them that nobody had read. */
    unread: () => unread,
  }
}
