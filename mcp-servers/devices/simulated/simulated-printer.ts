import { createServer, type Socket } from 'node:net'
import type { Clock } from '../../serving/clock.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import {
  type Door,
  type MechanismOptions,
  type Mishap,
  openPrintMechanism,
  type PrintMechanism,
  type SimulatedLabel,
} from './print-mechanism.ts'

/** What a printer speaks: what it hears on a connection, and what it says back. */
export type Firmware = (
  mechanism: PrintMechanism,
  say: (bytes: Uint8Array) => void,
) => (heard: Uint8Array) => void

/** How its answers arrive. */
export type Delivery = 'whole' | 'in-halves' | 'byte-by-byte' | 'three-at-once' | 'garbage' | 'silence'

export interface SimulatedPrinter {
  /** On 127.0.0.1. */
  port: number
  door(): Door
  moveDoor(to: Door): void
  load(media: LabelMedia | null): void
  /** In the middle of the next label. */
  meet(mishap: Mishap): void
  deliver(delivery: Delivery): void
  /** Every label that came out, oldest first. */
  labels(): readonly SimulatedLabel[]
  close(): Promise<void>
}

const betweenPiecesMs = 4
const noise = Uint8Array.from({ length: 29 }, (_, at) => (at * 151 + 77) & 0xff)

/** A printer in software behind a real socket. It says what a real one would, and what comes out of it is a PNG. */
export async function openSimulatedPrinter(
  firmware: Firmware,
  options: MechanismOptions,
): Promise<SimulatedPrinter> {
  const open = new Set<Socket>()
  let delivery: Delivery = 'whole'
  const mechanism = openPrintMechanism(options, () => {
    for (const socket of open) socket.destroy()
  })

  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    const speak = speaker(socket, options.clock)
    const hear = firmware(mechanism, (bytes) => speak(piecesOf(bytes, delivery)))
    socket.on('data', hear)
  })
  const port = await listenOnLoopback(server)

  return {
    port,
    door: mechanism.door,
    moveDoor: mechanism.moveDoor,
    load: mechanism.load,
    meet: mechanism.meet,
    labels: mechanism.labels,
    deliver(how) {
      delivery = how
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      })
      await mechanism.idle()
    },
  }
}

function piecesOf(bytes: Uint8Array, delivery: Delivery): Uint8Array[] {
  switch (delivery) {
    case 'whole':
      return [bytes]
    case 'in-halves':
      return [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)]
    case 'byte-by-byte':
      return Array.from(bytes, (byte) => Uint8Array.of(byte))
    case 'three-at-once':
      return [Buffer.concat([bytes, bytes, bytes])]
    case 'garbage':
      return [noise]
    case 'silence':
      return []
  }
}

/** Pieces in their order, a little apart, so that each is a read of its own. */
function speaker(socket: Socket, clock: Clock): (pieces: Uint8Array[]) => void {
  const waiting: Uint8Array[] = []
  let isSpeaking = false
  const next = (): void => {
    const piece = waiting.shift()
    isSpeaking = piece !== undefined
    if (!piece) return
    if (socket.writable && piece.length > 0) socket.write(piece)
    if (waiting.length > 0) clock.after(betweenPiecesMs, next)
    else isSpeaking = false
  }
  return (pieces) => {
    waiting.push(...pieces)
    if (!isSpeaking) next()
  }
}

function listenOnLoopback(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string')
        return reject(new Error('The simulated printer has no port.'))
      resolve(address.port)
    })
  })
}
