import { describe, expect, test } from 'vitest'
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

const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value)

/** What every line to a device does, whatever it is made of. */
export function byteChannelContract(
  name: string,
  withFarEnd: (use: (far: FarEnd) => Promise<void>) => Promise<void>,
) {
  const withLine = (use: (line: ByteChannel, far: FarEnd) => Promise<void>) =>
    withFarEnd(async (far) => {
      const line = await far.transport.open()
      try {
        await use(line, far)
      } finally {
        await line.close()
      }
    })

  describe(`a line over ${name}`, () => {
    test('carries every byte value both ways', () =>
      withLine(async (line, far) => {
        await line.write(everyByte)
        expect(await far.received(256)).toEqual(Buffer.from(everyByte))
        await far.send(everyByte)
        expect(await readAll(line, 256)).toEqual(Buffer.from(everyByte))
      }))

    test('a read of a silent device ends at its deadline', () =>
      withLine(async (line) => {
        expect(await line.read(30)).toEqual({ kind: 'silent' })
      }))

    test('a pending read ends when the device is unplugged, and every read after it', () =>
      withLine(async (line, far) => {
        const pending = line.read(60_000)
        await far.unplug()
        expect(await pending).toEqual({ kind: 'closed' })
        expect(await line.read(60_000)).toEqual({ kind: 'closed' })
      }))

    test('a pending read ends when the line is closed here', () =>
      withLine(async (line) => {
        const pending = line.read(60_000)
        await line.close()
        expect(await pending).toEqual({ kind: 'closed' })
      }))

    test('closing twice does no harm, nor does closing what was unplugged', () =>
      withLine(async (line, far) => {
        await far.unplug()
        await Promise.all([line.close(), line.close()])
        await line.close()
      }))

    test('bytes that nobody reads in time wait in order, ten megabytes of them', () =>
      withLine(async (line, far) => {
        const many = Buffer.alloc(10_000_000, 'The quick brown fox jumps over the lazy dog.\r\n')
        const sent = far.send(many)
        expect(many.equals(await readAll(line, many.length))).toBe(true)
        await sent
      }))

    test('after an unplug writing fails with a sentence', () =>
      withLine(async (line, far) => {
        await far.unplug()
        expect(await line.read(60_000)).toEqual({ kind: 'closed' })
        await expect(line.write(everyByte)).rejects.toMatchObject({ kind: 'disconnected' })
      }))
  })
}
