import type { Clock } from '../../serving/clock.ts'
import { DeviceError } from '../device-error.ts'
import type { ByteChannel, Transport } from './byte-channel.ts'
import { ByteInbox } from './byte-inbox.ts'
import { readSerial, type SerialPort } from './read-serial.ts'
import { serialFailure } from './serial-failure.ts'

export interface SerialSettings {
  /** Bits per second. */
  baudRate: number
  /** 8, none and 1 when left out, which is what consoles use. */
  dataBits?: 7 | 8
  parity?: 'none' | 'even' | 'odd'
  stopBits?: 1 | 2
}

/** A serial line: a byte channel whose speed and break a person may set. */
export interface SerialChannel extends ByteChannel {
  setBaudRate(baudRate: number): Promise<void>
  /** Holds the line low for a quarter of a second, as the Break key does. */
  sendBreak(): Promise<void>
}

export interface SerialTransport extends Transport {
  open(): Promise<SerialChannel>
}

const closeWithinMs = 1000
/** A line that is held by flow control takes nothing; a healthy one takes its bytes at its own speed. */
const writeGraceMs = 5000
const bitsPerByte = 12
const breakMs = 250
const readSizeBytes = 4096
/** Ready to send and to receive, as a terminal is. */
const terminalReady = { dtr: true, rts: true }

/**
 * The serial port at the path that `resolvePath` tells at every opening. It is locked for others (`flock`) while open.
 * Throws `DeviceError` when it cannot be opened.
 */
export function serialTransport(
  words: string,
  resolvePath: () => Promise<string>,
  settings: SerialSettings,
  clock: Clock,
): SerialTransport {
  return {
    words,
    async open() {
      const path = await resolvePath()
      const { autoDetect } = await serialBindings()
      try {
        const port: SerialPort = await autoDetect().open({ path, ...settings })
        return serialChannel(port, { path, settings, clock })
      } catch (cause) {
        throw await serialFailure(path, cause)
      }
    },
  }
}

/** Native code: loaded when a port is opened, so that a machine for which there is none starts without it. */
async function serialBindings() {
  try {
    return await import('@serialport/bindings-cpp')
  } catch (cause) {
    throw new DeviceError('unsupported', 'HWLab cannot open serial ports on this kind of machine.', { cause })
  }
}

interface OpenPort {
  path: string
  settings: SerialSettings
  clock: Clock
}

function serialChannel(port: SerialPort, { path, settings, clock }: OpenPort): SerialChannel {
  const inbox = new ByteInbox(clock)
  const line: { state: 'open' | 'closing' } = { state: 'open' }
  const reading = fillInbox(port, inbox, () => line.state === 'open')
  let baudRate = settings.baudRate
  let unsent = 0
  let closing: Promise<void> | null = null

  function assertOpen(): void {
    if (line.state === 'closing' || !port.isOpen)
      throw new DeviceError('disconnected', `The serial line at ${path} is closed.`)
  }
  async function told(action: () => Promise<void>): Promise<void> {
    assertOpen()
    try {
      await action()
    } catch (cause) {
      throw await serialFailure(path, cause)
    }
  }
  async function shut(): Promise<void> {
    line.state = 'closing'
    inbox.end()
    if ('poller' in port) port.poller.stop()
    await reading
    if (unsent > 0) await port.flush().catch(() => {})
    await port.close()
  }

  return {
    answersForSure: true,
    async write(bytes) {
      const limitMs = writeGraceMs + (bytes.length * bitsPerByte * 1000) / baudRate
      unsent += 1
      const sending = told(() => port.write(Buffer.from(bytes))).finally(() => {
        unsent -= 1
      })
      await inTime(sending, limitMs, clock, () => {
        throw new DeviceError('timeout', `The device at ${path} takes no bytes. Check its flow control.`)
      })
    },
    read: (withinMs) => inbox.take(withinMs),
    setBaudRate: (rate) =>
      told(async () => {
        await port.update({ baudRate: rate })
        baudRate = rate
      }),
    sendBreak: () =>
      told(async () => {
        await port.set({ ...terminalReady, brk: true })
        await new Promise<void>((resolve) => {
          clock.after(breakMs, resolve)
        })
        await port.set({ ...terminalReady, brk: false })
      }),
    async close() {
      closing ??= inTime(
        shut().catch(() => {}),
        closeWithinMs,
        clock,
        () => {},
      )
      await closing
    },
  }
}

/** Reads ahead until the line ends. Nothing is read any more once this has settled. */
async function fillInbox(port: SerialPort, inbox: ByteInbox, isWanted: () => boolean): Promise<void> {
  const buffer = Buffer.alloc(readSizeBytes)
  while (isWanted()) {
    const bytesRead = await readSerial(port, buffer, isWanted)
    if (bytesRead === 0) break
    inbox.put(Uint8Array.from(buffer.subarray(0, bytesRead)))
    await inbox.room()
  }
  inbox.end()
}

/** Waits for the work, but not for ever: after `limitMs` `late` decides. The work goes on and may fail unheard. */
function inTime(work: Promise<void>, limitMs: number, clock: Clock, late: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => {
      try {
        resolve(late())
      } catch (error) {
        reject(error)
      }
    })
    work.then(resolve, reject).finally(cancel)
  })
}
