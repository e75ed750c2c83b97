import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Clock } from '../../serving/clock.ts'
import { accessFix } from '../bench/device-access.ts'
import { programsHolding } from '../bench/held-by.ts'
import { DeviceError, systemCode, troubleOf } from '../device-error.ts'
import type { ByteChannel, ReadOutcome, Transport } from './byte-channel.ts'

/** How often a device that answers "nothing yet" is asked again. */
const againAfterMs = 25
const readSizeBytes = 4096
/** A printer whose buffer is full takes its time, and one without paper takes nothing. */
const takesWithinMs = 15_000

/**
 * A printer behind the Linux `usblp` driver (`/dev/usb/lpN`), or a plain file. `resolvePath` is asked at every opening,
 * because the number changes with every replug; it throws `DeviceError` when the device is not there.
 */
export function deviceNodeTransport(
  words: string,
  resolvePath: () => Promise<string>,
  clock: Clock,
): Transport {
  return {
    words,
    async open() {
      const path = await resolvePath()
      const handle = await opened(path)
      const isDevice = (await handle.stat()).isCharacterDevice()
      return nodeChannel(handle, { path, isDevice, clock })
    },
  }
}

/** Without blocking: a blocked read on `usblp` could not be ended by closing. */
async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | constants.O_NONBLOCK)
  } catch (cause) {
    const code = systemCode(cause)
    throw new DeviceError(troubleOf(code), await sentence(code, path), { cause })
  }
}

async function sentence(code: string | null, path: string): Promise<string> {
  if (code === 'EACCES' || code === 'EPERM') return accessFix(path)
  if (code !== 'EBUSY')
    return `The printer at ${path} is not there. Check its cable and that it is switched on.`
  const programs = await programsHolding(path)
  return `${path} is in use by ${programs.join(' and ') || 'another program'}. Stop its print queue or close that program, then try again.`
}

function nodeChannel(
  handle: FileHandle,
  device: { path: string; isDevice: boolean; clock: Clock },
): ByteChannel {
  const buffer = new Uint8Array(readSizeBytes)
  let isClosed = false
  return {
    answersForSure: device.isDevice,
    async write(bytes) {
      for (let sent = 0; sent < bytes.length; ) {
        const { bytesWritten } = await taken(device.clock, () => handle.write(bytes, sent))
        sent += bytesWritten
      }
      // usblp counts a piece as written when it is on its way, and closing the node calls it back (`usblp_unlink_urbs`).
      // Writing nothing succeeds only when nothing is on its way.
      if (device.isDevice) await taken(device.clock, () => handle.write(bytes, 0, 0))
    },
    async read(withinMs): Promise<ReadOutcome> {
      if (!device.isDevice) return { kind: 'silent' }
      const endsAtMs = device.clock.nowMs() + withinMs
      for (;;) {
        if (isClosed) return { kind: 'closed' }
        const got = await attempt(() => handle.read(buffer, 0, buffer.length, null))
        if (got && got.bytesRead > 0) return { kind: 'bytes', bytes: buffer.slice(0, got.bytesRead) }
        if (device.clock.nowMs() >= endsAtMs) return { kind: 'silent' }
        await pause(device.clock)
      }
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await handle.close()
    },
  }
}

/** Asks again as long as the device has no room. */
async function taken<Result>(clock: Clock, call: () => Promise<Result>): Promise<Result> {
  const endsAtMs = clock.nowMs() + takesWithinMs
  for (;;) {
    const result = await attempt(call)
    if (result !== null) return result
    if (clock.nowMs() >= endsAtMs)
      throw new DeviceError('timeout', 'The printer takes no more data. Look at it.')
    await pause(clock)
  }
}

/** null: the device has nothing yet, or no room yet. */
async function attempt<Result>(call: () => Promise<Result>): Promise<Result | null> {
  try {
    return await call()
  } catch (cause) {
    if (systemCode(cause) === 'EAGAIN') return null
    throw new DeviceError('disconnected', 'The printer was unplugged or switched off.', { cause })
  }
}

function pause(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(againAfterMs, resolve)
  })
}
