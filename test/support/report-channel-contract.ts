import { describe, expect, test } from 'vitest'
import type { ReportChannel, ReportTransport } from '../../mcp-servers/devices/transports/hid.ts'

/** A meter that sends by itself once it is started, and its cable. */
export interface ReportFarEnd {
  transport: ReportTransport
  /** The reports that make it send, and one that asks it to go on. */
  start: Uint8Array[]
  /** Lets the time pass that a report needs. */
  wait(forMs: number): Promise<void>
  unplug(): void
}

/** What every line of HID reports does: over the real driver with a device (or a virtual one), and in memory. */
export function reportChannelContract(name: string, openFarEnd: () => Promise<ReportFarEnd>) {
  const opened = async () => {
    const far = await openFarEnd()
    return { far, channel: await far.transport.open() }
  }
  const firstReport = async (channel: ReportChannel, far: ReportFarEnd) => {
    for (const report of far.start) await channel.write(report)
    const read = channel.read(1000)
    await far.wait(200)
    return read
  }

  describe(`a line of reports over ${name}`, () => {
    test('gives one whole report for a read', async () => {
      const { far, channel } = await opened()
      const got = await firstReport(channel, far)
      expect(got.kind === 'bytes' && got.bytes.length).toBe(64)
      await channel.close()
    })

    test('a read of a silent device ends at its deadline', async () => {
      const { far, channel } = await opened()
      const read = channel.read(100)
      await far.wait(200)
      expect(await read).toEqual({ kind: 'silent' })
      await channel.close()
    })

    test('a pending read ends when the device is unplugged; writing then fails with a sentence', async () => {
      const { far, channel } = await opened()
      const read = channel.read(60_000)
      far.unplug()
      await far.wait(100)
      expect(await read).toEqual({ kind: 'closed' })
      await expect(channel.write(new Uint8Array(64))).rejects.toMatchObject({ kind: 'disconnected' })
      await Promise.all([channel.close(), channel.close()])
    })

    test('a pending read ends when the line is closed; it opens again', async () => {
      const { far, channel } = await opened()
      const read = channel.read(60_000)
      await channel.close()
      expect(await read).toEqual({ kind: 'closed' })
      const again = await far.transport.open()
      expect((await firstReport(again, far)).kind).toBe('bytes')
      await again.close()
    })
  })
}
