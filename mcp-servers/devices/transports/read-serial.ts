import { read } from 'node:fs'
import type { AutoDetectTypes } from '@serialport/bindings-cpp'
import { systemCode } from '../device-error.ts'

export type SerialPort = Awaited<ReturnType<AutoDetectTypes['open']>>

/**
 * Bytes read into the buffer; 0: the line is gone. Takes the place of the bindings’ own `read`, which asks again for ever
 * when a device is unplugged right after it sent something (a zero-byte read means “gone”, as pyserial has it):
 * serialport/bindings-cpp issues #162, #175. Never rejects.
 */
export async function readSerial(port: SerialPort, buffer: Buffer, isWanted: () => boolean): Promise<number> {
  if (!('poller' in port)) return readByBindings(port, buffer)
  for (;;) {
    if (!isWanted() || port.fd === null) return 0
    const got = await readNow(port.fd, buffer)
    if (got !== 'nothing-yet') return got
    if (!isWanted() || !(await becomesReadable(port.poller))) return 0
  }
}

async function readByBindings(port: SerialPort, buffer: Buffer): Promise<number> {
  try {
    return (await port.read(buffer, 0, buffer.length)).bytesRead
  } catch {
    return 0
  }
}

function readNow(descriptor: number, buffer: Buffer): Promise<number | 'nothing-yet'> {
  return new Promise((resolve) => {
    read(descriptor, buffer, 0, buffer.length, null, (error, bytesRead) => {
      const code = systemCode(error)
      if (error === null) resolve(bytesRead)
      else resolve(code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR' ? 'nothing-yet' : 0)
    })
  })
}

type Poller = Extract<SerialPort, { poller: unknown }>['poller']

function becomesReadable(poller: Poller): Promise<boolean> {
  return new Promise((resolve) => {
    poller.once('readable', (error: Error | null) => resolve(!error))
  })
}
