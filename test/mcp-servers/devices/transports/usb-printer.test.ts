import { expect, test } from 'vitest'
import zpl from '../../../../mcp-servers/devices/printers/drivers/zpl.ts'
import { ZplDecoder } from '../../../../mcp-servers/devices/printers/zpl/job-decoder.ts'
import { askDeviceId, openUsbPrinter } from '../../../../mcp-servers/devices/transports/usb-printer.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { byteChannelContract } from '../../../support/byte-channel-contract.ts'
import { collectBytes } from '../../../support/collect-bytes.ts'
import { fakeUsbPrinter } from '../../../support/fake-usb-printer.ts'
import { labelFacts } from '../../../support/open-devices.ts'
import { noSerialLine } from '../../../support/open-printers.ts'

const deviceId = 'MFG:Zebra;CMD:ZPL;MDL:GK420d;'
const mute = () => fakeUsbPrinter({ deviceId, answer: () => null })

test('a printer is asked what it is, and given back', async () => {
  const printer = mute()
  expect(await askDeviceId(printer.device)).toBe(deviceId)
  expect(printer.isFree()).toBe(true)
  printer.unplug()
  expect(await askDeviceId(printer.device)).toBeNull()
})

byteChannelContract('USB', async (use) => {
  const collected = collectBytes()
  const printer = fakeUsbPrinter({
    deviceId,
    answer(heard) {
      collected.put(heard)
      return null
    },
  })
  await use({
    transport: { words: 'USB', open: () => openUsbPrinter(printer.device, systemClock) },
    send: async (bytes) => printer.say(bytes),
    received: collected.received,
    unplug: async () => printer.unplug(),
  })
  expect(printer.isFree()).toBe(true)
})

test('a printer that another program holds is busy, and stays as it was', async () => {
  const printer = mute()
  await printer.claim(2)
  await expect(openUsbPrinter(printer.device, systemClock)).rejects.toMatchObject({ kind: 'busy' })
})

test('a printer that takes less at a time than it is given gets all of it', async () => {
  const collected = collectBytes()
  const printer = fakeUsbPrinter({
    deviceId,
    takesAtMostBytes: 700,
    answer(heard) {
      collected.put(heard)
      return null
    },
  })
  const line = await openUsbPrinter(printer.device, systemClock)
  const label = Uint8Array.from({ length: 40_000 }, (_, at) => at % 251)
  await line.write(label)
  expect(Buffer.compare(await collected.received(label.length), label)).toBe(0)
  await line.close()
})

test('a printer that takes nothing is told as such', async () => {
  const printer = fakeUsbPrinter({ deviceId, takesAtMostBytes: 0, answer: () => null })
  const line = await openUsbPrinter(printer.device, systemClock)
  await expect(line.write(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ kind: 'timeout' })
  await line.close()
})

test('a label goes out over USB, and the printer is free after it', async () => {
  const decoder = new ZplDecoder()
  let labels = 0
  const framed = (...lines: string[]) =>
    Buffer.from(lines.map((line) => `\u0002${line}\u0003\r\n`).join(''), 'latin1')
  const answers: Record<string, Uint8Array> = {
    HQES: Buffer.from('\u0002 ERRORS: 0 00000000 00000000\r\n WARNINGS: 0 00000000 00000000\r\n\u0003'),
    HI: framed('GK420d,V61,8,2104KB'),
    HS: framed('030,0,0,0240,000,0,0,0,000,0,0,0', '000,0,0,0,0,2,4,0,00000000,1,000', '1234,0'),
  }
  const printer = fakeUsbPrinter({
    deviceId,
    answer(heard) {
      for (const event of decoder.push(heard)) {
        if (event.kind === 'label') labels += 1
        if (event.kind === 'asked') return answers[event.what] ?? null
      }
      return null
    },
  })
  const driver = await zpl.open(
    {
      id: 'zebra',
      name: 'Zebra',
      driver: 'zpl',
      transport: { kind: 'usb', key: 'usb:0a5f:0120:Z1' },
      media: '50x30-203',
      model: 'GK420',
    },
    {
      clock: systemClock,
      labelsFolder: '/nowhere',
      runProgram: async () => ({ kind: 'missing' }),
      printerNode: async () => null,
      usbPrinter: async () => printer.device,
      serialLine: noSerialLine,
    },
  )
  const outcome = await driver.print({ id: 'job', facts: labelFacts('HW-00001'), sending: () => {} })
  expect(outcome).toMatchObject({ kind: 'printed' })
  expect(labels).toBe(1)
  expect(printer.isFree()).toBe(true)
})
