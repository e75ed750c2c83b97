import { describe, expect, test } from 'vitest'
import type { ProgramOutcome, RunProgram } from '../../../../mcp-servers/devices/printers/run-program.ts'
import type { Clock } from '../../../../mcp-servers/serving/clock.ts'
import { labelFacts } from '../../../support/open-devices.ts'
import { found, ran, withPrinters } from '../../../support/open-printers.ts'

const facts = labelFacts('HW-00001')
const noSending = () => {}

describe('a system queue', () => {
  const completed = (alerts: string) =>
    `Zebra-7                 operator               3072   Fri Nov 20 20:00:00 2026\n\tStatus: done\n\tAlerts: ${alerts}\n\tqueued for Zebra\nZebra-6  operator 1 Thu\n\tAlerts: job-canceled-by-user\n`

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
