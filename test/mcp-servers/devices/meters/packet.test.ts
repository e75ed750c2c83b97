import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meterLine } from '../../../../mcp-servers/devices/meters/commands.ts'
import { crc8 } from '../../../../mcp-servers/devices/meters/crc8.ts'
import { readReport } from '../../../../mcp-servers/devices/meters/packet.ts'
import { samplesReport } from '../../../../mcp-servers/devices/simulated/simulated-meter.ts'
import { hexFixture } from '../../../support/hex-fixture.ts'

describe('the checksum of a meter', () => {
  test('has the check value of its polynomial', () => {
    expect(crc8(Buffer.from('123456789'))).toBe(0x4b)
  })
})

describe('what HWLab can say to a meter', () => {
  test('is three commands of 64 bytes, and nothing else', async () => {
    const written: Buffer[] = []
    const line = meterLine({
      write: async (bytes) => void written.push(Buffer.from(bytes)),
      read: async () => ({ kind: 'closed' }),
      close: async () => {},
    })
    for (const command of ['info', 'start', 'continue'] as const) await line.say(command)
    const frame = (code: string, crc: string) => `aa${code}${'00'.repeat(61)}${crc}`
    expect(written.map((bytes) => bytes.toString('hex'))).toEqual([
      frame('81', '8e'),
      frame('82', '96'),
      frame('83', '9e'),
    ])
    expect(Object.keys(line).sort()).toEqual(['close', 'read', 'say'])
  })
})

describe('a packet of a meter', () => {
  test('of an idle line is read as a person reads the display', () => {
    const report = readReport(hexFixture('meters/idle.hex'))
    expect(report).toMatchObject({ kind: 'samples' })
    if (report.kind !== 'samples') return
    expect(report.readings.map((one) => one.volts)).toEqual([0, 0, 0, 0])
    expect(report.readings.map((one) => one.amperes)).toEqual([0.00011, 0, 0.00011, 0])
    expect(report.readings.map((one) => one.dPlusVolts)).toEqual([1.184, 1.184, 1.184, 1.184])
    expect(report.readings.map((one) => one.dMinusVolts)).toEqual([1.031, 1.033, 1.03, 1.031])
    expect(report.readings[0]?.celsius).toBe(30.5)
  })

  test('of four steps has each of them', () => {
    const report = readReport(hexFixture('meters/four-steps.hex'))
    expect(report).toEqual({
      kind: 'samples',
      readings: [
        { volts: 5, amperes: 1, dPlusVolts: 2.7, dMinusVolts: 2.7, celsius: 25 },
        { volts: 9, amperes: 2, dPlusVolts: 0.6, dMinusVolts: 0.3, celsius: 30 },
        { volts: 12, amperes: 3, dPlusVolts: 0.6, dMinusVolts: 0.6, celsius: 35 },
        { volts: 20, amperes: 5, dPlusVolts: 0, dMinusVolts: 0, celsius: 40 },
      ],
    })
  })

  test('with any one bit turned is damaged, or no packet of samples at all', () => {
    const bit = fc.record({ byte: fc.integer({ min: 0, max: 63 }), bit: fc.integer({ min: 0, max: 7 }) })
    fc.assert(
      fc.property(bit, (where) => {
        const report = Uint8Array.from(hexFixture('meters/four-steps.hex'))
        report[where.byte] = (report[where.byte] ?? 0) ^ (1 << where.bit)
        expect(readReport(report).kind).toBe(where.byte < 2 ? 'other' : 'damaged')
      }),
    )
  })

  test('that is something else, too short or nonsense is passed over', () => {
    const info = Uint8Array.from(hexFixture('meters/idle.hex'))
    info[1] = 0x03
    for (const bytes of [info, hexFixture('meters/idle.hex').subarray(0, 63), new Uint8Array(64).fill(0xff)])
      expect(readReport(bytes)).toEqual({ kind: 'other' })
  })

  test('with values that no meter can measure is damaged', () => {
    const wild = { volts: 188.7, amperes: 0.1, dPlusVolts: 0, dMinusVolts: 0, celsius: 20 }
    expect(readReport(samplesReport([wild, wild, wild, wild]))).toEqual({ kind: 'damaged' })
  })
})
