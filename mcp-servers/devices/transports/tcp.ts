import { connect, type Socket } from 'node:net'
import type { Clock } from '../../serving/clock.ts'
import { DeviceError, systemCode, troubleOf } from '../device-error.ts'
import type { ByteChannel, Transport } from './byte-channel.ts'
import { ByteInbox } from './byte-inbox.ts'

const connectWithinMs = 3000
/** Cutting the line at once could throw away a job that a printer is still taking in. */
const closeWithinMs = 2000
const pieceBytes = 16_384
/** A printer whose buffer is full takes its time, and one without paper takes nothing. */
const pieceWithinMs = 15_000

/** A line over the network: raw printing (JetDirect, usually port 9100, where many printers never answer), a terminal server. */
export function tcpTransport(host: string, port: number, clock: Clock): Transport {
  const words = `${host}, port ${port}`
  return {
    words,
    async open() {
      const inbox = new ByteInbox(clock)
      const socket = await connected(host, port, clock)
      socket.on('data', (bytes: Buffer) => {
        inbox.put(bytes)
        const room = inbox.room()
        if (!room) return
        socket.pause()
        void room.then(() => socket.resume())
      })
      socket.on('error', () => inbox.end())
      socket.on('close', () => inbox.end())
      return socketChannel({ socket, inbox, words, clock })
    },
  }
}

function connected(host: string, port: number, clock: Clock): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true })
    const cancel = clock.after(connectWithinMs, () => socket.destroy(new Error('no answer in time')))
    socket.once('connect', () => {
      cancel()
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', (cause) => {
      cancel()
      reject(
        new DeviceError(troubleOf(systemCode(cause)), sentence(systemCode(cause), host, port), { cause }),
      )
    })
  })
}

function sentence(code: string | null, host: string, port: number): string {
  if (code === 'ECONNREFUSED')
    return `${host} refuses connections on port ${port}. Check that the device is on and that this port is open on it.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `There is no host named ${host}. Check the address of the device.`
  return `The device at ${host}, port ${port}, cannot be reached. Check that it is on and in the same network.`
}

interface OpenLine {
  socket: Socket
  inbox: ByteInbox
  words: string
  clock: Clock
}

function socketChannel(line: OpenLine): ByteChannel {
  const { socket, inbox, clock } = line
  return {
    answersForSure: false,
    async write(bytes) {
      for (let sent = 0; sent < bytes.length; sent += pieceBytes)
        await writePiece(line, bytes.subarray(sent, sent + pieceBytes))
    },
    read: (withinMs) => inbox.take(withinMs),
    close: () =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve()
        const cancel = clock.after(closeWithinMs, () => socket.destroy())
        socket.once('close', () => {
          cancel()
          resolve()
        })
        socket.end()
      }),
  }
}

function writePiece({ socket, words, clock }: OpenLine, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const lost = (cause?: unknown) =>
      reject(new DeviceError('disconnected', `The connection to the device (${words}) broke.`, { cause }))
    if (socket.destroyed) return lost()
    const cancel = clock.after(pieceWithinMs, () => {
      socket.removeListener('close', lost)
      reject(new DeviceError('timeout', `The device (${words}) takes no more data. Look at it.`))
    })
    socket.once('close', lost)
    socket.write(piece, (error) => {
      cancel()
      socket.removeListener('close', lost)
      if (error) lost(error)
      else resolve()
    })
  })
}
