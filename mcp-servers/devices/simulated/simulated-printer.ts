import { createServer, type Socket } from 'node:net'
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
export type Delivery = 'whole' | 'in-halves' | 'slowly' | 'three-at-once' | 'garbage' | 'silence'

export interface SimulatedPrinter {
  /** On 127.0.0.1; another one each time that it is switched on. */
  port(): number
  isOn(): boolean
  /** Off, it refuses connections, and those that are open break. */
  power(on: boolean): Promise<void>
  door(): Door
  moveDoor(to: Door): void
  media(): LabelMedia | null
  load(media: LabelMedia | null): void
  /** Until it happened. */
  mishap(): Mishap | null
  /** In the middle of the next label. */
  meet(mishap: Mishap | null): void
  delivery(): Delivery
  deliver(delivery: Delivery): void
  /** Every label that came out, oldest first. */
  labels(): readonly SimulatedLabel[]
  close(): Promise<void>
}

const slowPieces = 8
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
    const speak = speaker(socket)
    const hear = firmware(mechanism, (bytes) => speak(piecesOf(bytes, delivery)))
    socket.on('data', hear)
  })
  let port = await listenOnLoopback(server)
  const shut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })

  return {
    port: () => port,
    isOn: () => server.listening,
    async power(on) {
      if (on === server.listening) return
      if (on) port = await listenOnLoopback(server)
      else await shut()
    },
    door: mechanism.door,
    moveDoor: mechanism.moveDoor,
    media: mechanism.media,
    load: mechanism.load,
    mishap: mechanism.mishap,
    meet: mechanism.meet,
    labels: mechanism.labels,
    delivery: () => delivery,
    deliver(how) {
      delivery = how
    },
    async close() {
      await shut()
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
    case 'slowly': {
      const pieceBytes = Math.ceil(bytes.length / slowPieces)
      return Array.from({ length: slowPieces }, (_, at) =>
        bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes),
      )
    }
    case 'three-at-once':
      return [Buffer.concat([bytes, bytes, bytes])]
    case 'garbage':
      return [noise]
    case 'silence':
      return []
  }
}

/** Pieces in their order, each on its way before the next one follows. */
function speaker(socket: Socket): (pieces: Uint8Array[]) => void {
  const waiting: Uint8Array[] = []
  let isSpeaking = false
  const next = (): void => {
    const piece = waiting.shift()
    isSpeaking = piece !== undefined && socket.writable
    if (piece && isSpeaking) socket.write(piece, () => setImmediate(next))
  }
  return (pieces) => {
    waiting.push(...pieces.filter((piece) => piece.length > 0))
    if (!isSpeaking) next()
  }
}

function listenOnLoopback(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string')
        return reject(new Error('The simulated printer has no port.'))
      resolve(address.port)
    })
  })
}
