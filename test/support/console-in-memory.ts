import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConsoleLine } from '../../mcp-servers/devices/consoles/find-baud.ts'
import {
  type ConsoleScript,
  openSimulatedConsole,
} from '../../mcp-servers/devices/simulated/simulated-console.ts'
import { ByteInbox } from '../../mcp-servers/devices/transports/byte-inbox.ts'
import { FakeClock } from './fake-clock.ts'

const fixtures = join(import.meta.dirname, '../fixtures/consoles')

/** A console that answers with the files of one folder of `fixtures/consoles`. */
export function scriptOf(device: string, more: Partial<ConsoleScript> = {}): ConsoleScript {
  const files = readdirSync(join(fixtures, device))
  const answers = files.map((file): [string, string] => {
    const words = file.replace('.txt', '').replaceAll('-', ' ').replace('without paging', 'without-paging')
    const command = device === 'mikrotik' ? `/${words}` : words
    return [command, readFileSync(join(fixtures, device, file), 'utf8').trimEnd()]
  })
  return {
    banner: '',
    stuckAt: null,
    prompt: 'lab-device#',
    login: null,
    answers: Object.fromEntries(answers),
    refusal: "% Invalid input detected at '^' marker.",
    pageLines: 8,
    ...more,
  }
}

/**
 * A line to a simulated console whose clock runs to a reader's deadline when nothing is there to read: minutes of waiting
 * pass at once. At any other rate than `rate` every byte is noise.
 */
export function consoleInMemory(script: ConsoleScript, rate: number | null = 9600) {
  const clock = new FakeClock()
  const inbox = new ByteInbox(clock)
  let current: number | null = rate
  let opened = 0
  const garble = (bytes: Uint8Array) => bytes.map((byte) => ((byte * 37) % 128) + 128)
  const atRate = (bytes: Uint8Array) => (current === rate ? bytes : garble(bytes))
  const device = openSimulatedConsole(script, (bytes) => inbox.put(atRate(bytes)))
  const line: ConsoleLine = {
    words: 'memory',
    rates: rate === null ? [null] : [9600, 115_200, 38_400],
    async open(asked) {
      opened += 1
      current = asked
      return {
        answersForSure: true,
        async write(bytes) {
          if (current === rate) device.input(bytes)
          else inbox.put(garble(bytes))
        },
        async read(withinMs) {
          const reading = inbox.take(withinMs)
          const isThere = await Promise.race([reading.then(() => true), Promise.resolve().then(() => false)])
          if (!isThere) clock.advance(withinMs)
          return reading
        },
        async close() {
          opened -= 1
        },
      }
    },
  }
  return {
    line,
    clock,
    typed: device.typed,
    openLines: () => opened,
    print: (text: string | Uint8Array) =>
      inbox.put(typeof text === 'string' ? new TextEncoder().encode(text) : text),
    unplug: () => inbox.end(),
  }
}
