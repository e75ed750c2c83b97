import { deepStrictEqual, ok, rejects } from 'node:assert/strict'
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

async function firstReport(channel: ReportChannel, far: ReportFarEnd) {
  for (const report of far.start) await channel.write(report)
  const read = channel.read(5000)
  await far.wait(200)
  return read
}

interface ReportCase {
  name: string
  run(channel: ReportChannel, far: ReportFarEnd): Promise<void>
}

/** What every line of HID reports does: over the real driver with a device (or a virtual one), and in memory. */
export const reportCases: ReportCase[] = [
  {
    name: 'gives one whole report for a read',
    async run(channel, far) {
      const got = await firstReport(channel, far)
      ok(got.kind === 'bytes' && got.bytes.length === 64)
      await channel.close()
    },
  },
  {
    name: 'a read of a silent device ends at its deadline',
    async run(channel, far) {
      const read = channel.read(100)
      await far.wait(200)
      deepStrictEqual(await read, { kind: 'silent' })
      await channel.close()
    },
  },
  {
    name: 'a pending read ends when the device is unplugged; writing then fails with a sentence',
    async run(channel, far) {
      const read = channel.read(60_000)
      far.unplug()
      await far.wait(100)
      deepStrictEqual(await read, { kind: 'closed' })
      await rejects(channel.write(new Uint8Array(64)), { kind: 'disconnected' })
      await Promise.all([channel.close(), channel.close()])
    },
  },
  {
    name: 'a pending read ends when the line is closed; it opens again',
    async run(channel, far) {
      const read = channel.read(60_000)
      await channel.close()
      deepStrictEqual(await read, { kind: 'closed' })
      const again = await far.transport.open()
      ok((await firstReport(again, far)).kind === 'bytes')
      await again.close()
    },
  },
]
