import { writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Clock } from '../../serving/clock.ts'
import { turnAnticlockwise } from '../labels/bitmap.ts'
import { bitmapPng } from '../labels/bitmap-png.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import { labelTemplates } from '../labels/template.ts'
import { type DecodedPage, JobDecoder } from '../printers/brother-ql/job-decoder.ts'
import { type FrameType, statusFrame } from './status-frame.ts'

export interface SimulatedQl {
  /** On 127.0.0.1. */
  port: number
  door(): 'open' | 'closed'
  moveDoor(to: 'open' | 'closed'): void
  load(media: LabelMedia | null): void
  /** Every label that came out, oldest first: the PNG of what the bytes said. */
  labels(): readonly string[]
  close(): Promise<void>
}

const errorBits = { none: 0, noMedia: 1, wrongMedia: 1, badData: 4, coverOpen: 0x10 }

/**
 * A Brother QL-820NWB in software behind a real socket: it answers status requests truthfully, decodes the raster that it
 * gets, and prints it as a PNG. `printTakesMs` is how long a label takes.
 */
export async function openSimulatedQl(options: {
  media: LabelMedia
  labelsFolder: string
  printTakesMs: number
  clock: Clock
}): Promise<SimulatedQl> {
  const printed: string[] = []
  const open = new Set<Socket>()
  let door: 'open' | 'closed' = 'closed'
  let loaded: LabelMedia | null = options.media

  const frame = (type: FrameType, printing = false, second = 0) => {
    const cover = door === 'open' ? errorBits.coverOpen : errorBits.none
    const first = loaded ? errorBits.none : errorBits.noMedia
    return statusFrame({ type, printing, media: loaded, errors: [first, second | cover] })
  }

  const print = async (page: DecodedPage): Promise<Uint8Array> => {
    await new Promise<void>((resolve) => {
      options.clock.after(options.printTakesMs, resolve)
    })
    if (door === 'open' || !loaded) return frame('error')
    if (page.media.id !== loaded.id) return frame('error', false, errorBits.wrongMedia)
    if (page.announcedRows !== page.label.heightDots) return frame('error', false, errorBits.badData)
    const path = join(options.labelsFolder, `simulated-${options.clock.nowMs()}-${printed.length + 1}.png`)
    const isTurned = labelTemplates[page.media.template].rotationDegrees === 90
    const upright = isTurned ? turnAnticlockwise(page.label) : page.label
    await writeFile(path, bitmapPng(upright, page.media.dotsPerInch))
    printed.push(path)
    return Buffer.concat([frame('completed', true), frame('phase-change')])
  }

  const server = createServer((socket) => {
    const decoder = new JobDecoder()
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes: Buffer) => {
      for (const event of decoder.push(bytes)) {
        if (event.kind === 'status-asked') socket.write(frame('reply'))
        if (event.kind === 'not-understood') socket.write(frame('error', false, errorBits.badData))
        if (event.kind === 'page') {
          socket.write(frame('phase-change', true))
          void print(event.page).then((answer) => socket.writable && socket.write(answer))
        }
      }
    })
  })
  const port = await listenOnLoopback(server)

  return {
    port,
    door: () => door,
    moveDoor(to) {
      door = to
    },
    load(media) {
      loaded = media
    },
    labels: () => printed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
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
