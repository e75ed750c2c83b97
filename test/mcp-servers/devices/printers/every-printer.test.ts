import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labelSvg } from '../../../../mcp-servers/devices/labels/label-svg.ts'
import { rasterise } from '../../../../mcp-servers/devices/labels/rasterise.ts'
import { JobDecoder } from '../../../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import { openPrinters } from '../../../../mcp-servers/devices/printers/open-printers.ts'
import type { Printer, PrinterConfig } from '../../../../mcp-servers/devices/printers/printer.ts'
import type { ProgramOutcome, RunProgram } from '../../../../mcp-servers/devices/printers/run-program.ts'
import { type Clock, systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { labelFacts } from '../../../support/open-devices.ts'
import { dots, pngBitmap } from '../../../support/png-bitmap.ts'
import { readCodes } from '../../../support/read-code.ts'

async function withPrinters(
  options: {
    configured?: PrinterConfig[]
    pluggedIn?: { key: string; model: string }[]
    runProgram?: RunProgram
    clock?: Clock
  },
  use: (printers: Awaited<ReturnType<typeof openPrinters>>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hwlab-printers-'))
  const printers = await openPrinters({
    configured: options.configured ?? [],
    pluggedIn: async () => options.pluggedIn ?? [],
    around: {
      clock: options.clock ?? systemClock,
      labelsFolder: folder,
      runProgram: options.runProgram ?? (async () => ({ kind: 'missing' })),
      printerNode: async () => null,
    },
  })
  try {
    await use(printers, folder)
  } finally {
    await printers.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function found(printer: Printer | null): Printer {
  if (!printer) throw new Error('no such printer')
  return printer
}

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
      expect(dots(await pngBitmap(png))).toBe(
        dots(rasterise(labelSvg(facts, printer.media()), printer.media())),
      )
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
      expect(dots(await pngBitmap(await readFile(outcome.file.path)))).toBe(dots(sent))
      expect(printer).toMatchObject({ simulated: true, name: expect.stringContaining('Simulated') })
    })
  })

  test('with its door open says so and prints nothing; closed again it prints', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('simulated'))
      printer.door?.move('open')
      expect(await printer.state()).toEqual({ condition: 'cover-open', words: 'The cover is open.' })
      expect(await printer.print({ id: 'one', facts, sending: noSending })).toEqual({
        kind: 'failed',
        why: 'The cover is open.',
      })
      printer.door?.move('closed')
      expect(await printer.print({ id: 'two', facts, sending: noSending })).toMatchObject({ kind: 'printed' })
    })
  })

  test('whose door is opened while it prints fails with that reason', async () => {
    await withPrinters({}, async (printers) => {
      const printer = found(printers.get('simulated'))
      const outcome = await printer.print({ id: 'one', facts, sending: () => printer.door?.move('open') })
      expect(outcome).toEqual({ kind: 'failed', why: 'The cover is open.' })
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

describe('the list of printers', () => {
  test('begins with the configured ones, then what is plugged in, queues, and the built-in ones', async () => {
    const options = {
      configured: [{ id: 'mine', name: 'Mine', driver: 'png-file', transport: null, media: 'page-50x25' }],
      pluggedIn: [{ key: 'usb:04f9:209d:000M6Z', model: 'QL-820NWB' }],
      runProgram: async (): Promise<ProgramOutcome> => ran('Office_Laser\nbad name; rm\n'),
    }
    await withPrinters(options, async (printers) => {
      expect(printers.all().map((printer) => printer.id)).toEqual([
        'mine',
        'usb-04f9-209d-000M6Z',
        'queue-Office_Laser',
        'simulated',
        'png',
        'pdf',
      ])
    })
  })

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
        'This printer needs a transport of kind tcp, device or usb in its configuration.',
        '99 is not a medium that HWLab knows.',
      ])
    })
  })
})

function ran(stdout: string, exitCode = 0): ProgramOutcome {
  return { kind: 'ran', exitCode, stdout, stderr: '' }
}

describe('a system queue', () => {
  const completed = (alerts: string) =>
    `Zebra-7                 ada               3072   Fri Nov 20 20:00:00 2026\n\tStatus: done\n\tAlerts: ${alerts}\n\tqueued for Zebra\nZebra-6  ada 1 Thu\n\tAlerts: job-canceled-by-user\n`

  function cups(answers: { status?: string; lp?: ProgramOutcome; completed?: string }) {
    const calls: string[][] = []
    const runProgram: RunProgram = async (file, args) => {
      calls.push([file, ...args])
      if (file === 'lp') return answers.lp ?? ran('request id is Zebra-7 (1 file(s))\n')
      if (args[0] === '-e') return ran('Zebra\n')
      if (args[0] === '-p') return ran(answers.status ?? 'printer Zebra is idle.  enabled since Fri\n')
      return ran(answers.completed ?? '')
    }
    return { calls, runProgram }
  }

  /** Every wait is over at once. */
  const hastyClock: Clock = (() => {
    let nowMs = 0
    return {
      nowMs: () => nowMs,
      after(delayMs, action) {
        nowMs += delayMs
        queueMicrotask(action)
        return () => {}
      },
    }
  })()

  async function printVia(answers: Parameters<typeof cups>[0]) {
    const { calls, runProgram } = cups(answers)
    let outcome: unknown
    await withPrinters({ runProgram, clock: hastyClock }, async (printers) => {
      outcome = await found(printers.get('queue-Zebra')).print({ id: 'job', facts, sending: noSending })
    })
    return { outcome, sent: calls.filter(([file]) => file === 'lp') }
  }

  test('is printed when CUPS says that the job completed successfully', async () => {
    const { outcome, sent } = await printVia({ completed: completed('job-completed-successfully') })
    expect(outcome).toMatchObject({ kind: 'printed' })
    expect(sent).toEqual([
      [
        'lp',
        '-d',
        'Zebra',
        '-t',
        'HWLab HW-00001',
        '-o',
        'media=Custom.62x29mm',
        '--',
        expect.stringMatching(/HW-00001-job\.pdf$/),
      ],
    ])
  })

  test('is sent, unconfirmed when CUPS says nothing more', async () => {
    expect((await printVia({})).outcome).toMatchObject({ kind: 'sent-unconfirmed' })
  })

  test('is not taken for printed because another job was, or because it was cancelled', async () => {
    const cancelled = await printVia({ completed: completed('job-canceled-by-user') })
    expect(cancelled.outcome).toMatchObject({ kind: 'unknown' })
  })

  test.each([
    [{ status: 'printer Zebra disabled since Fri -\n\tPaused\n' }, /cupsenable Zebra/],
    [{ lp: ran('', 1) }, /refused the label/],
    [{ lp: { kind: 'missing' } as const }, /no print command/],
  ])('fails with %j', async (answers, why) => {
    expect((await printVia(answers)).outcome).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(why),
    })
  })
})
