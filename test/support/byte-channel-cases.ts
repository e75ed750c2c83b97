import { deepStrictEqual, ok, rejects } from 'node:assert/strict'
import type { ByteChannel, Transport } from '../../mcp-servers/devices/transports/byte-channel.ts'

/** The device end of a line in a test. */
export interface FarEnd {
  transport: Transport
  /** Resolves when the bytes are on their way. */
  send(bytes: Uint8Array): Promise<void>
  /** What has arrived from the near end, once it is `length` bytes long. */
  received(length: number): Promise<Uint8Array>
  /** Cable out, power off. */
  unplug(): Promise<void>
}

export interface LineCase {
  name: string
  run(line: ByteChannel, far: FarEnd): Promise<void>
}

export async function readAll(channel: ByteChannel, length: number, withinMs = 5000): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let held = 0; held < length; ) {
    const got = await channel.read(withinMs)
    if (got.kind !== 'bytes') throw new Error(`The line was ${got.kind} after ${held} of ${length} bytes`)
    parts.push(got.bytes)
    held += got.bytes.length
  }
  return Buffer.concat(parts)
}

export async function onLine(far: FarEnd, { run }: LineCase): Promise<void> {
  const line = await far.transport.open()
  try {
    await run(line, far)
  } finally {
    await line.close()
  }
}

const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value)

/** What every line to a device does, whatever it is made of; without a test runner, so that the USB guest has them too. */
export const lineCases = (manyBytes: number): LineCase[] => [
  {
    name: 'carries every byte value both ways',
    async run(line, far) {
      await line.write(everyByte)
      deepStrictEqual(Buffer.from(await far.received(256)), Buffer.from(everyByte))
      await far.send(everyByte)
      deepStrictEqual(Buffer.from(await readAll(line, 256)), Buffer.from(everyByte))
    },
  },
  {
    name: 'a read of a silent device ends at its deadline',
    run: async (line) => deepStrictEqual(await line.read(30), { kind: 'silent' }),
  },
  {
    name: 'a pending read ends when the device is unplugged, and every read after it',
    async run(line, far) {
      const pending = line.read(60_000)
      await far.unplug()
      deepStrictEqual(await pending, { kind: 'closed' })
      deepStrictEqual(await line.read(60_000), { kind: 'closed' })
    },
  },
  {
    name: 'a pending read ends when the line is closed here',
    async run(line) {
      const pending = line.read(60_000)
      await line.close()
      deepStrictEqual(await pending, { kind: 'closed' })
    },
  },
  {
    name: 'closing twice does no harm, nor does closing what was unplugged',
    async run(line, far) {
      await far.unplug()
      await Promise.all([line.close(), line.close()])
      await line.close()
    },
  },
  {
    name: `bytes that nobody reads in time wait in order, ${manyBytes} of them`,
    async run(line, far) {
      const many = Buffer.alloc(manyBytes, 'The quick brown fox jumps over the lazy dog.\r\n')
      const sent = far.send(many)
      ok(many.equals(await readAll(line, many.length)))
      await sent
    },
  },
  {
    name: 'after an unplug writing fails with a sentence',
    async run(line, far) {
      await far.unplug()
      deepStrictEqual(await line.read(60_000), { kind: 'closed' })
      await rejects(line.write(everyByte), { kind: 'disconnected' })
    },
  },
]
