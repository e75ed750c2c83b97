import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labelSvg } from '../../../../mcp-servers/devices/labels/label-svg.ts'
import { rasterise } from '../../../../mcp-servers/devices/labels/rasterise.ts'
import { JobDecoder } from '../../../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import type { PluggedInPrinter } from '../../../../mcp-servers/devices/printers/plugged-in.ts'
import type { PrinterConfig } from '../../../../mcp-servers/devices/printers/printer.ts'
import { labelFacts } from '../../../support/open-devices.ts'
import { found, ran, withPrinters } from '../../../support/open-printers.ts'
import { differentDots, pngBitmap } from '../../../support/png-bitmap.ts'
import { readCodes } from '../../../support/read-code.ts'

const facts = labelFacts('HW-00001')
const noSending = () => {}

describe('every printer that needs nothing plugged in', () => {
  test.each(['simulated', 'png', 'pdf'])(
    '%s is ready, says so, and tells when it begins to send',
    async (id) => {
      await withPrinters({}, async (printers) => {
        const printer = found(printers.get(id))
        expect(await printer.state()).toMatchObject({ condition: 'ready' })
        let sent = 0
        const outcome = await printer.print({
          id: 'job',
          facts,
          sending: () => {
            sent += 1
          },
        })
        expect(['printed', 'saved']).toContain(outcome.kind)
        expect(sent).toBe(1)
      })
    },
  )

  test.each(['simulated', 'png', 'pdf'])('%s sends nothing when the job is withdrawn', async (id) => {
    await withPrinters({}, async (printers, folder) => {
      const printer = found(printers.get(id))
      const withdrawn = printer.print({
        id: 'job',
        facts,
        sending: () => {
          throw new Error('withdrawn')
        },
      })
      await expect(withdrawn).rejects.toThrow('withdrawn')
      await expect(readFile(join(folder, 'HW-00001-job.png'))).rejects.toThrow('ENOENT')
    })
  })
})

describe('the PNG printer', () => {
  test('writes exactly the label of the preview, with a code that a scanner reads', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('png'))
      const outcome = await printer.print({ id: 'job', facts, sending: noSending })
      if (outcome.kind !== 'saved') throw new Error(outcome.kind)
      const png = await readFile(outcome.file.path)
      const drawn = rasterise(labelSvg(facts, printer.media()), printer.media())
      expect(differentDots(await pngBitmap(png), drawn)).toBe(0)
      expect(await readCodes(png, { across: 0, along: 0 })).toEqual([facts.url])
    })
  })

  test('doing a job again replaces its file', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('png'))
      expect(printer.repeatable).toBe(true)
      const first = await printer.print({ id: 'job', facts, sending: noSending })
      expect(await printer.print({ id: 'job', facts, sending: noSending })).toEqual(first)
    })
  })
})

describe('the PDF printer', () => {
  test('writes one page that is the label to the tenth of a millimetre', async () => {
    await withPrinters({}, async (printers) => {
      const outcome = await found(printers.get('pdf')).print({ id: 'job', facts, sending: noSending })
      if (outcome.kind !== 'saved') throw new Error(outcome.kind)
      const pdf = (await readFile(outcome.file.path)).toString('latin1')
      const [width, height] = (/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []).slice(1).map(Number)
      const mm = (points: number | undefined) => ((points ?? 0) / 72) * 25.4
      expect(mm(width)).toBeCloseTo(62, 1)
      expect(mm(height)).toBeCloseTo(29, 1)
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
    })
  })
})

describe('the simulated printer', () => {
  test('puts out a picture of exactly the dots that it was sent', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('simulated'))
      const outcome = await printer.print({ id: 'job', facts, sending: noSending })
      if (outcome.kind !== 'printed' || !outcome.file) throw new Error(outcome.kind)
      const sent = rasterise(labelSvg(facts, printer.media()), printer.media())
      expect(differentDots(await pngBitmap(await readFile(outcome.file.path)), sent)).toBe(0)
      expect(printer).toMatchObject({ simulated: true, name: expect.stringContaining('Simulated') })
    })
  })

  test('with its door open says so and prints nothing; closed again it prints', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('simulated'))
      printer.switchboard?.turn('cover', 'open')
      expect(await printer.state()).toEqual({ condition: 'cover-open', words: 'The cover is open.' })
      expect(await printer.print({ id: 'one', facts, sending: noSending })).toEqual({
        kind: 'failed',
        why: 'The cover is open.',
      })
      printer.switchboard?.turn('cover', 'closed')
      expect(await printer.print({ id: 'two', facts, sending: noSending })).toMatchObject({ kind: 'printed' })
    })
  })

  test('whose door is opened while it prints asks whether the label is out, with that reason', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('simulated'))
      const outcome = await printer.print({
        id: 'one',
        facts,
        sending: () => printer.switchboard?.turn('cover', 'open'),
      })
      expect(outcome).toEqual({ kind: 'unknown', why: 'The cover is open. A part of the label may be out.' })
    })
  })
})

describe('a Brother QL at a file instead of a printer', () => {
  test('writes a whole job there, and says unconfirmed, never printed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hwlab-node-'))
    const path = join(folder, 'lp0')
    await writeFile(path, '')
    const config: PrinterConfig = {
      id: 'ql',
      name: 'QL',
      driver: 'brother-ql',
      transport: { kind: 'device', path },
      media: '62',
      model: 'QL-700',
    }
    await withPrinters({ configured: [config] }, async (printers) => {
      const outcome = await found(printers.get('ql')).print({ id: 'job', facts, sending: noSending })
      expect(outcome).toMatchObject({ kind: 'sent-unconfirmed' })
      const events = new JobDecoder().push(await readFile(path))
      expect(events.map((event) => event.kind)).toEqual(['status-asked', 'page'])
    })
    await rm(folder, { recursive: true, force: true })
  })

  test.each([
    [{ kind: 'device', path: '/dev/usb/lp99' } as const, /is not there/],
    [{ kind: 'tcp', host: '127.0.0.1', port: 1 } as const, /refuses connections/],
    [{ kind: 'usb', key: 'usb:04f9:2042:X' } as const, /not plugged in/],
  ])('says for %j what is wrong', async (transport, sentence) => {
    const config: PrinterConfig = { id: 'ql', name: 'QL', driver: 'brother-ql', transport, media: '62' }
    await withPrinters({ configured: [config] }, async (printers) => {
      await expect(found(printers.get('ql')).state()).rejects.toThrow(sentence)
    })
  })
})

const qlOnUsb: PluggedInPrinter = {
  kind: 'printer',
  key: 'usb:04f9:209d:000M6Z',
  config: {
    id: 'usb-04f9-209d-000M6Z',
    name: 'Brother QL-820NWB (USB)',
    driver: 'brother-ql',
    transport: { kind: 'usb', key: 'usb:04f9:209d:000M6Z' },
    media: 'loaded',
    model: 'QL-820NWB',
  },
}

const zplOnUsb: PluggedInPrinter = {
  kind: 'printer',
  key: 'usb:0a5f:0120:Z1',
  config: {
    id: 'zebra',
    name: 'Zebra GK420d (USB)',
    driver: 'zpl',
    transport: { kind: 'usb', key: 'usb:0a5f:0120:Z1' },
    media: '50x30-203',
    model: 'GK420',
  },
}

describe('the list of printers', () => {
  test('begins with the configured ones, then what is plugged in, the built-in ones, and queues', async () => {
    const options = {
      configured: [{ id: 'mine', name: 'Mine', driver: 'png-file', transport: null, media: 'page-50x25' }],
      pluggedIn: [qlOnUsb, { kind: 'unknown', id: 'laser', name: 'Laser', why: 'It speaks PCL.' } as const],
      runProgram: async () => ran('Office_Laser\nbad name; rm\n'),
    }
    await withPrinters(options, async (printers) => {
      expect(printers.all().map((printer) => printer.id)).toEqual([
        'mine',
        'usb-04f9-209d-000M6Z',
        'simulated',
        'png',
        'pdf',
        'queue-Office_Laser',
        'laser',
      ])
      expect(await found(printers.get('laser')).state()).toEqual({
        condition: 'unusable',
        words: 'It speaks PCL.',
      })
    })
  })

  test('prints on a printer that said only a moment after it was plugged in which language it speaks', async () => {
    const mute = { kind: 'unknown', id: 'zebra', name: 'Zebra', why: 'It does not say.' } as const
    const options: { pluggedIn: PluggedInPrinter[] } = { pluggedIn: [mute] }
    await withPrinters(options, async (printers) => {
      expect(await found(printers.get('zebra')).state()).toMatchObject({ condition: 'unusable' })
      options.pluggedIn = [zplOnUsb]
      await printers.rescan()
      await expect(found(printers.get('zebra')).state()).rejects.toThrow('The printer is not plugged in.')
      expect(printers.get('zebra')?.media().id).toBe('50x30-203')
    })
  })

  test('lets a person say what is in a printer that cannot tell, and keeps it', async () => {
    await withPrinters({ pluggedIn: [zplOnUsb] }, async (printers) => {
      const before = printers.mediaChoice('zebra')
      expect(before.id).toBe('50x30-203')
      expect(before.choices.map(({ id }) => id)).toEqual([
        '40x30-203',
        '50x25-203',
        '50x30-203',
        '57x32-203',
        '100x50-203',
        '100x150-203',
      ])
      expect(await printers.chooseMedia('zebra', '100x50-203')).toEqual({ kind: 'ok' })
      expect(printers.get('zebra')?.media().id).toBe('100x50-203')
      expect(printers.mediaChoice('zebra').id).toBe('100x50-203')
      expect(await printers.chooseMedia('zebra', '100x50-300')).toMatchObject({ kind: 'refused' })
    })
  })

  test('offers a Brother QL the roll that it says it has first, and only rolls that fit it', async () => {
    await withPrinters({ pluggedIn: [qlOnUsb] }, async (printers) => {
      const { id, choices } = printers.mediaChoice('usb-04f9-209d-000M6Z')
      expect(id).toBe('loaded')
      expect(choices[0]).toEqual({ id: 'loaded', words: 'The roll that it says it has' })
      const ids = choices.map((choice) => choice.id)
      expect(ids).toContain('62red')
      expect(ids).not.toContain('102x51')
      expect(ids).not.toContain('50x30-203')
    })
  })

  test('leaves what the owner’s file says to that file', async () => {
    const mine = { id: 'mine', name: 'Mine', driver: 'png-file', transport: null, media: 'page-50x25' }
    await withPrinters({ configured: [mine] }, async (printers) => {
      expect(printers.mediaChoice('mine').choices).toEqual([])
      expect(await printers.chooseMedia('mine', 'page-62x29')).toMatchObject({ kind: 'refused' })
      expect(await printers.chooseMedia('nothing', 'page-62x29')).toMatchObject({ kind: 'refused' })
    })
  })

  test.each(['zpl', 'tspl'])(
    'prints %s at the resolution of the roll that is named for it',
    async (driver) => {
      const transport = { kind: 'tcp', host: '127.0.0.1', port: 9100 } as const
      const mine = { id: 'mine', name: 'Mine', driver, transport, media: '50x30-300' }
      await withPrinters({ configured: [mine] }, async (printers) => {
        expect(found(printers.get('mine')).media().id).toBe('50x30-300')
      })
    },
  )

  test('shows a printer that is configured wrongly with its trouble, and starts all the same', async () => {
    const wrong = [
      { id: 'a', name: 'A', driver: 'typewriter', transport: null, media: '62' },
      { id: 'b', name: 'B', driver: 'brother-ql', transport: null, media: '62' },
      { id: 'c', name: 'C', driver: 'png-file', transport: null, media: '99' },
    ]
    await withPrinters({ configured: wrong }, async (printers) => {
      const words = await Promise.all(['a', 'b', 'c'].map((id) => found(printers.get(id)).state()))
      expect(words.map((state) => state.words)).toEqual([
        'There is no printer driver named typewriter.',
        'This printer needs a transport of kind tcp, device, usb or serial in its configuration.',
        '99 is not a medium that HWLab knows.',
      ])
    })
  })
})
