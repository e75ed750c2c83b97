import { describe, expect, test } from 'vitest'
import brotherQl from '../../../../mcp-servers/devices/printers/drivers/brother-ql.ts'
import escPos from '../../../../mcp-servers/devices/printers/drivers/esc-pos.ts'
import niimbot from '../../../../mcp-servers/devices/printers/drivers/niimbot.ts'
import tspl from '../../../../mcp-servers/devices/printers/drivers/tspl.ts'
import zpl from '../../../../mcp-servers/devices/printers/drivers/zpl.ts'
import { niimbotModels } from '../../../../mcp-servers/devices/printers/niimbot/models.ts'
import { packet } from '../../../../mcp-servers/devices/printers/niimbot/packet.ts'
import { brotherQlFirmware } from '../../../../mcp-servers/devices/simulated/printers/brother-ql.ts'
import { escPosFirmware } from '../../../../mcp-servers/devices/simulated/printers/esc-pos.ts'
import { niimbotFirmware } from '../../../../mcp-servers/devices/simulated/printers/niimbot.ts'
import { statusFrame } from '../../../../mcp-servers/devices/simulated/printers/ql-status-frame.ts'
import { tsplFirmware } from '../../../../mcp-servers/devices/simulated/printers/tspl.ts'
import { zplFirmware } from '../../../../mcp-servers/devices/simulated/printers/zpl.ts'
import type { Firmware } from '../../../../mcp-servers/devices/simulated/simulated-printer.ts'
import { type SpokenLanguage, withPrinterWorld } from '../../../support/simulated-printer-world.ts'

const niimbots = niimbotModels.map((model): [string, SpokenLanguage] => [
  `NIIMBOT ${model.name}`,
  {
    driver: niimbot,
    model: model.name,
    media: model.headDots > 96 ? 'niimbot-40x30' : 'niimbot-15x30',
    firmware: niimbotFirmware(model),
    onSilence: 'sends-nothing',
  },
])

const languages: [string, SpokenLanguage][] = [
  [
    'Brother QL',
    {
      driver: brotherQl,
      model: 'QL-820NWB',
      media: '62x29',
      firmware: brotherQlFirmware,
      onSilence: 'sends',
    },
  ],
  [
    'ZPL',
    { driver: zpl, model: 'ZPL 203 dpi', media: '40x30-203', firmware: zplFirmware, onSilence: 'sends' },
  ],
  [
    'TSPL',
    { driver: tspl, model: 'TSPL 203 dpi', media: '40x30-203', firmware: tsplFirmware, onSilence: 'sends' },
  ],
  [
    'ESC/POS',
    { driver: escPos, model: 'POS-58', media: 'receipt-58', firmware: escPosFirmware, onSilence: 'sends' },
  ],
  ...niimbots,
]

/** Answers to their own questions, from printers that were not asked. */
const foreignAnswers: [string, Uint8Array][] = [
  ['Brother QL', statusFrame({ type: 'reply', printing: false, media: null, errors: [0, 0] })],
  [
    'ZPL',
    Buffer.from(
      '\u0002030,0,0,0240,000,0,0,0,000,0,0,0\u0003\r\n\u0002000,0,0,0,0,2,4,0,00000000,1,000\u0003\r\n',
    ),
  ],
  ['ESC/POS', Uint8Array.of(0x12)],
  ['NIIMBOT', packet(0xc2, [1])],
]

const answering =
  (bytes: Uint8Array): Firmware =>
  (_mechanism, say) =>
  () =>
    say(bytes)

describe.concurrent.each(languages)('a printer that speaks %s', (name, language) => {
  test.each(['whole', 'in-halves', 'slowly', 'three-at-once'] as const)(
    'prints exactly the label, and says so itself, when its answers come %s',
    async (delivery) => {
      await withPrinterWorld(language, async ({ printer, simulated, print, wrongDots }) => {
        simulated.deliver(delivery)
        expect(await printer.state()).toMatchObject({ condition: 'ready' })
        expect(await print()).toMatchObject({ outcome: { kind: 'printed' }, began: 1 })
        expect(simulated.labels()).toHaveLength(1)
        expect(wrongDots()).toBe(0)
      })
    },
  )

  test('with an open cover gets no label, says why, and prints when it is closed', async () => {
    await withPrinterWorld(language, async ({ printer, simulated, print }) => {
      simulated.moveDoor('open')
      expect(await printer.state()).toMatchObject({ condition: 'cover-open' })
      expect(await print()).toMatchObject({
        outcome: { kind: 'failed', why: expect.stringMatching(/is open/) },
        began: 0,
      })
      simulated.moveDoor('closed')
      expect(await print()).toMatchObject({ outcome: { kind: 'printed' } })
      expect(simulated.labels()).toHaveLength(1)
    })
  })

  test('without a roll gets no label and says why', async () => {
    await withPrinterWorld(language, async ({ simulated, print }) => {
      simulated.load(null)
      expect(await print()).toMatchObject({
        outcome: { kind: 'failed', why: expect.stringMatching(/loaded|at its end/) },
        began: 0,
      })
    })
  })

  test.each([
    ['media-end', /at its end|No label roll/],
    ['cover-opened', /is open/],
    ['power-loss', /switched off|broke|nothing more/],
  ] as const)(
    'that meets %s in mid-job asks whether the label is out, and sends it once',
    async (mishap, why) => {
      await withPrinterWorld(language, async ({ simulated, print }) => {
        simulated.meet(mishap)
        const { outcome, began } = await print()
        expect(outcome.kind).toBe('unknown')
        expect('why' in outcome && outcome.why).toMatch(why)
        expect(began).toBe(1)
        expect(simulated.labels()).toHaveLength(0)
      })
    },
  )

  test('that falls silent in mid-job is no success', async () => {
    await withPrinterWorld(language, async ({ simulated, print }) => {
      const { outcome } = await print(() => simulated.deliver('silence'))
      expect(outcome).toMatchObject({ kind: 'unknown' })
    })
  })

  test('that talks garbage in mid-job is no success', async () => {
    await withPrinterWorld(language, async ({ simulated, print }) => {
      const { outcome } = await print(() => simulated.deliver('garbage'))
      expect(outcome).toMatchObject({ kind: 'unknown' })
    })
  })

  test('whose answers are garbage gets no label, and a person reads what to check', async () => {
    await withPrinterWorld(language, async ({ printer, simulated, print }) => {
      simulated.deliver('garbage')
      expect(await printer.state()).toMatchObject({ condition: 'fault' })
      expect(await print()).toMatchObject({
        outcome: { kind: 'failed', why: expect.stringMatching(/answers, but not as/) },
        began: 0,
      })
    })
  })

  test('that never answers is never called printed', async () => {
    await withPrinterWorld(language, async ({ simulated, print }) => {
      simulated.deliver('silence')
      const { outcome, began } = await print()
      expect(outcome.kind).toBe(language.onSilence === 'sends' ? 'sent-unconfirmed' : 'failed')
      expect(began).toBe(language.onSilence === 'sends' ? 1 : 0)
    })
  })

  test.each(foreignAnswers.filter(([foreign]) => !name.startsWith(foreign)))(
    'but answers as %s gets no label',
    async (_foreign, bytes) => {
      await withPrinterWorld({ ...language, firmware: answering(bytes) }, async ({ print }) => {
        expect(await print()).toMatchObject({ outcome: { kind: 'failed' }, began: 0 })
      })
    },
  )

  test('gets nothing of a job that was withdrawn at the last moment', async () => {
    await withPrinterWorld(language, async ({ simulated, print }) => {
      const withdrawn = print(() => {
        throw new Error('withdrawn')
      })
      await expect(withdrawn).rejects.toThrow('withdrawn')
      expect(simulated.labels()).toHaveLength(0)
    })
  })
})

describe('a clone that takes labels and never says a word', () => {
  const mute = languages.filter(([name]) => ['ZPL', 'TSPL', 'ESC/POS'].includes(name))

  test.each(mute)('in %s is asked once, not again and again', async (_name, language) => {
    await withPrinterWorld(language, async ({ printer, simulated, heardBytes, print }) => {
      simulated.deliver('silence')
      expect(await printer.state()).toMatchObject({ condition: 'unknown' })
      const askedBytes = heardBytes()
      expect(await printer.state()).toMatchObject({ condition: 'unknown' })
      expect(heardBytes()).toBe(askedBytes)
      expect(await print()).toMatchObject({ outcome: { kind: 'sent-unconfirmed' }, began: 1 })
    })
  })

  test.each(mute)(
    'in %s that answered before counts as in trouble, and gets no label',
    async (_name, language) => {
      await withPrinterWorld(language, async ({ printer, simulated, print }) => {
        expect(await printer.state()).toMatchObject({ condition: 'ready' })
        simulated.deliver('silence')
        expect(await print()).toMatchObject({
          outcome: { kind: 'failed', why: expect.stringMatching(/does not answer any more/) },
          began: 0,
        })
      })
    },
  )
})
