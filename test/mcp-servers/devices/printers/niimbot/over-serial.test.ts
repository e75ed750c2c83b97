import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import niimbot from '../../../../../mcp-servers/devices/printers/drivers/niimbot.ts'
import { niimbotModel } from '../../../../../mcp-servers/devices/printers/niimbot/models.ts'
import { openPrintMechanism } from '../../../../../mcp-servers/devices/simulated/print-mechanism.ts'
import { niimbotFirmware } from '../../../../../mcp-servers/devices/simulated/printers/niimbot.ts'
import { serialTransport } from '../../../../../mcp-servers/devices/transports/serial.ts'
import { systemClock } from '../../../../../mcp-servers/serving/clock.ts'
import { labelFacts } from '../../../../support/open-devices.ts'
import { withPseudoTerminal } from '../../../../support/pty-far-end.ts'

test('a NIIMBOT on a serial line prints a label, and says so; unplugged in mid-job it is no success', async () => {
  const [media, model] = [mediaById('niimbot-15x30'), niimbotModel(2304)]
  if (!media || !model) throw new Error('tables')
  const labelsFolder = await mkdtemp(join(tmpdir(), 'hwlab-niimbot-'))
  const clock = systemClock
  await withPseudoTerminal(async (terminal) => {
    const mechanism = openPrintMechanism({ media, labelsFolder, printTakesMs: 100, clock }, () => {})
    terminal.onBytes(niimbotFirmware(model)(mechanism, (bytes) => void terminal.write(bytes)))
    const lines: number[] = []
    const printer = await niimbot.open(
      {
        id: 'niimbot',
        name: 'NIIMBOT D110',
        driver: 'niimbot',
        transport: { kind: 'serial', key: 'usb:3513:0002:D1' },
        media: media.id,
      },
      {
        clock,
        labelsFolder,
        runProgram: async () => ({ kind: 'missing' }),
        printerNode: async () => null,
        usbPrinter: async () => null,
        serialLine(key, baudRate) {
          lines.push(baudRate)
          return serialTransport(key, async () => terminal.path, { baudRate }, clock)
        },
      },
    )
    const facts = labelFacts('HW-00001')
    expect(await printer.print({ id: 'one', facts, sending: () => {} })).toMatchObject({ kind: 'printed' })
    expect(mechanism.labels()).toHaveLength(1)
    expect(lines).toEqual([115_200])
    const cut = printer
      .print({ id: 'two', facts, sending: () => void terminal.unplug() })
      .catch((fault: Error) => ({ kind: 'unknown', why: fault.message }))
    expect(await cut).toMatchObject({ kind: 'unknown' })
    expect(mechanism.labels()).toHaveLength(1)
  })
  await rm(labelsFolder, { recursive: true, force: true })
})
