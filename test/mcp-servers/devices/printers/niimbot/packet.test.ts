import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Packet,
  PacketStream,
  packet,
} from '../../../../../mcp-servers/devices/printers/niimbot/packet.ts'
import {
  decodeProgress,
  heartbeatTrouble,
} from '../../../../../mcp-servers/devices/printers/niimbot/status.ts'

const anyPacket = fc.record({
  command: fc.integer({ min: 0, max: 255 }),
  data: fc.uint8Array({ maxLength: 40 }),
})
const plain = (packets: Packet[]) => packets.map(({ command, data }) => ({ command, data: [...data] }))

describe('the packets of a NIIMBOT', () => {
  test('are found whole, however the stream is cut and whatever noise is between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.uint8Array({ maxLength: 9 }), anyPacket), { maxLength: 8 }),
        fc.integer({ min: 1, max: 60 }),
        (parts, pieceBytes) => {
          const quiet = parts.map(([noise, one]) => [noise.filter((byte) => byte !== 0x55), one] as const)
          const bytes = Buffer.concat(quiet.flatMap(([noise, one]) => [noise, packet(one.command, one.data)]))
          const stream = new PacketStream()
          const found: Packet[] = []
          for (let at = 0; at < bytes.length; at += pieceBytes)
            found.push(...stream.push(bytes.subarray(at, at + pieceBytes)))
          expect(plain(found)).toEqual(plain(quiet.map(([, one]) => one)))
        },
      ),
    )
  })

  test('that are damaged cost themselves and none behind them', () => {
    const good = packet(0xc2, [3])
    const damages = Array.from(good, (_, at) =>
      good.map((byte, place) => (place === at ? byte ^ 0x10 : byte)),
    )
    for (const damaged of damages) {
      const found = new PacketStream().push(Buffer.concat([damaged, good, packet(0x02)]))
      expect(found.slice(-2)).toMatchObject([{ command: 0xc2 }, { command: 0x02 }])
    }
  })

  test('captured from a B1 are read', () => {
    const captured = Buffer.from('5555b30a000064080' + '1ef00010000' + '3aaaaa', 'hex')
    const [status] = new PacketStream().push(captured)
    expect(status).toMatchObject({ command: 0xb3 })
    expect(decodeProgress(status?.data ?? new Uint8Array())).toMatchObject({ page: 0, isDone: false })
  })

  test('say done only for the page and for all of it', () => {
    expect(decodeProgress(Uint8Array.of(0, 1, 100, 100)).isDone).toBe(true)
    expect(decodeProgress(Uint8Array.of(0, 1, 100, 99)).isDone).toBe(false)
    expect(decodeProgress(Uint8Array.of(0, 0, 100, 100)).isDone).toBe(false)
    expect(decodeProgress(Uint8Array.of(0, 0, 50, 50, 0, 0, 8, 0, 0, 0)).error).toMatchObject({
      condition: 'media-empty',
    })
  })

  test('tell of the lid, which some models say the other way round', () => {
    const b1 = (lid: number, paper: number) => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, lid, 4, paper, 1)
    expect(heartbeatTrouble(b1(0, 0), 4096)).toBeNull()
    expect(heartbeatTrouble(b1(1, 0), 4096)).toMatchObject({ condition: 'cover-open' })
    expect(heartbeatTrouble(b1(0, 1), 4096)).toMatchObject({ condition: 'media-empty' })
    expect(heartbeatTrouble(b1(1, 0), 512)).toBeNull()
    expect(heartbeatTrouble(b1(0, 0), 512)).toMatchObject({ condition: 'cover-open' })
  })
})
