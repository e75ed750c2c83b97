import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { printerNode } from '../../../../mcp-servers/devices/bench/bench.ts'
import { enumerateUsb } from '../../../../mcp-servers/devices/bench/enumerate-usb.ts'
import { systemCode } from '../../../../mcp-servers/devices/device-error.ts'
import { deviceNodeTransport } from '../../../../mcp-servers/devices/transports/device-node.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { appears, type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { keys, printer, unplugAll } from '../desk.ts'

const pieceBytes = 8192
/** More than the printer’s gadget holds, so that every further piece is on the way until somebody reads one. */
const labelBytes = 20 * pieceBytes
/** A printer that takes its time: what is handed over too early is cut off meanwhile. */
const betweenPiecesMs = 100
const silentForMs = 3000

export default {
  name: 'a label for a printer that never answers arrives whole, although the line is closed behind it',
  async run() {
    unplugAll()
    printer.plugIn(1)
    const registry = await openRealRegistry()
    await until(registry, () => (registry.find(keys.printer)?.nodes.length ?? 0) > 0, 'it did not appear')
    await appears(printer.node)
    const far = await open(printer.node, constants.O_RDWR | constants.O_NONBLOCK)
    const path = (await printerNode(enumerateUsb('linux'), keys.printer)) ?? ''
    const line = await deviceNodeTransport('the printer', async () => path, systemClock).open()
    const label = Buffer.from(Array.from({ length: labelBytes }, (_, at) => (at * 31) % 251))
    const sending = line.write(label).then(() => line.close())
    const [arrived] = await Promise.all([readAll(far), sending])
    await far.close()
    await registry.close()
    unplugAll()
    must(arrived.equals(label), `${arrived.length} of ${labelBytes} bytes arrived`)
    return `${labelBytes} bytes`
  },
} satisfies BenchCheck

async function readAll(far: FileHandle): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  let heardMs = performance.now()
  while (bytes < labelBytes && performance.now() - heardMs < silentForMs) {
    const piece = await readNow(far)
    if (piece.length > 0) heardMs = performance.now()
    pieces.push(piece)
    bytes += piece.length
    await after(betweenPiecesMs)
  }
  return Buffer.concat(pieces)
}

async function readNow(far: FileHandle): Promise<Buffer> {
  try {
    const { bytesRead, buffer } = await far.read(Buffer.alloc(pieceBytes), 0, pieceBytes, null)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    if (systemCode(error) === 'EAGAIN') return Buffer.alloc(0)
    throw error
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
