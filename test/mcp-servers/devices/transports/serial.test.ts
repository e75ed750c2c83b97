import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { programsHolding } from '../../../../mcp-servers/devices/bench/held-by.ts'
import { serialTransport } from '../../../../mcp-servers/devices/transports/serial.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { byteChannelContract } from '../../../support/byte-channel-contract.ts'
import { withPseudoTerminal } from '../../../support/pty-far-end.ts'

const settings = { baudRate: 9600 } as const
const serial = (path: string) => serialTransport(path, async () => path, settings, systemClock)
const openFiles = () => readdirSync('/proc/self/fd').length

byteChannelContract('a serial port (a pseudo-terminal)', (use) =>
  withPseudoTerminal((terminal, received) =>
    use({ transport: serial(terminal.path), send: terminal.write, received, unplug: terminal.unplug }),
  ),
)

describe('a serial port', () => {
  test('that somebody else has open is busy', () =>
    withPseudoTerminal(async ({ path }) => {
      const first = await serial(path).open()
      await expect(serial(path).open()).rejects.toMatchObject({
        kind: 'busy',
        message: expect.stringContaining(`${path} is in use by`),
      })
      await first.close()
      await (await serial(path).open()).close()
    }))

  test('is held by a program that Linux can name', () =>
    withPseudoTerminal(async ({ path }) => {
      expect(await programsHolding(path)).toContainEqual(expect.stringMatching(/^script \(process \d+\)$/))
    }))

  test('that is not there is told from one that may not be used', async () => {
    await expect(serial('/dev/ttyUSB99').open()).rejects.toMatchObject({
      kind: 'not-found',
      message: 'There is no serial port /dev/ttyUSB99. Check that the device is plugged in.',
    })
  })

  test('is told to be no serial port when it is none', async () => {
    await expect(serial('/dev/null').open()).rejects.toMatchObject({ kind: 'unsupported' })
  })

  test('takes another speed while it is open', () =>
    withPseudoTerminal(async ({ path }) => {
      const line = await serial(path).open()
      await line.setBaudRate(115_200)
      await line.close()
    }))

  test('unplugged in the middle of what it sends is closed at once, a hundred times, and nothing stays open', async () => {
    const before = openFiles()
    for (let round = 0; round < 100; round += 1)
      await withPseudoTerminal(async (terminal) => {
        const line = await serial(terminal.path).open()
        void terminal.write(Buffer.alloc(60_000, 'boot noise '))
        expect((await line.read(5000)).kind).toBe('bytes')
        await terminal.unplug()
        for (;;) if ((await line.read(2000)).kind === 'closed') break
        await line.close()
      })
    expect(openFiles()).toBe(before)
  })
})
