import type { Clock } from '../../serving/clock.ts'
import type { ByteChannel } from '../transports/byte-channel.ts'
import { keyboardOf } from './keyboard.ts'
import type { Prompt } from './prompt.ts'
import { openScreenReader, type Reading, type ScreenReader } from './screen-reader.ts'

/** A line to a console. A network line has no rate: `rates` is then one null. */
export interface ConsoleLine {
  /** "FTDI FT232R, serial A50285BI". */
  words: string
  /** In the order to try. */
  rates: readonly (number | null)[]
  open(rate: number | null): Promise<ByteChannel>
}

export interface OpenConsole {
  channel: ByteChannel
  rate: number | null
  reader: ScreenReader
  screen: string
  prompt: Prompt
}

export type FoundConsole =
  | { kind: 'found'; console: OpenConsole }
  | { kind: 'silent' }
  /** Something came at some rate, and at none of them was it text. */
  | { kind: 'garbled'; screen: string }

/** Cisco, Juniper, Arista and ProCurve come with 9600; MikroTik, AOS-CX and Dell OS10 with 115200. */
export const usualRates = [9600, 115_200, 38_400, 57_600, 19_200] as const

const listenMs = 300
const answerMs = 1500
const quietMs = 700
/** Share of characters that a person could read, at the right rate. */
const readableShare = 0.9
/** BEL, BS, HT, LF, CR, ESC. */
const terminalBytes = new Set([7, 8, 9, 10, 13, 27])
/** A device that is starting must not get a key: some stop their boot on any. */
const bootQuietMs = 10_000

/**
 * Listens before it types: at each rate 300 ms of silence, then at most two carriage returns. The rate is right when what
 * comes is text. The returned console is open; every other one is closed again.
 */
export async function findBaud(line: ConsoleLine, clock: Clock): Promise<FoundConsole> {
  let garbled: string | null = null
  for (const rate of line.rates) {
    const channel = await line.open(rate)
    const found = await lookAt(channel, clock).catch(async (error: unknown) => {
      await channel.close()
      throw error
    })
    if (found.isReadable) return { kind: 'found', console: { channel, rate, ...found } }
    await channel.close()
    if (found.reader.bytes().length > 0) garbled = found.screen
  }
  return garbled === null ? { kind: 'silent' } : { kind: 'garbled', screen: garbled }
}

async function lookAt(channel: ByteChannel, clock: Clock) {
  const reader = openScreenReader(channel, clock)
  const keyboard = keyboardOf(channel)
  const isDone = (prompt: Prompt) => prompt.kind !== 'none'
  let reading = await reader.read({ quietMs: listenMs, withinMs: 5000, isDone })
  if (isText(reading.screen) && promptOf(reading).kind === 'none')
    reading = await reader.read({ quietMs: bootQuietMs, withinMs: 3 * bootQuietMs, isDone })
  for (let tries = 0; tries < 2 && reading.kind === 'quiet' && reading.prompt.kind === 'none'; tries += 1) {
    await keyboard.wake()
    reading = await reader.read({ quietMs, withinMs: answerMs, isDone })
  }
  const screen = reading.screen
  return { reader, screen, prompt: promptOf(reading), isReadable: isReadable(reader.bytes()) }
}

function promptOf(reading: Reading): Prompt {
  return reading.kind === 'quiet' ? reading.prompt : { kind: 'none' }
}

function isText(screen: string): boolean {
  return screen.trim() !== '' && isReadable(new TextEncoder().encode(screen))
}

function isReadable(bytes: Uint8Array): boolean {
  const last = bytes.subarray(-4096)
  const readable = last.filter((byte) => (byte >= 0x20 && byte < 0x7f) || terminalBytes.has(byte)).length
  return (
    readable / last.length >= readableShare && /[a-z0-9>#:\]]/i.test(new TextDecoder('latin1').decode(last))
  )
}
