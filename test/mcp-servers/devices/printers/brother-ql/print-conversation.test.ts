import { describe, expect, test } from 'vitest'
import { mediaById } from '../../../../../mcp-servers/devices/labels/media.ts'
import type { JobEvent } from '../../../../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import { qlPrinter } from '../../../../../mcp-servers/devices/printers/drivers/brother-ql.ts'
import {
  type FrameType,
  statusFrame,
} from '../../../../../mcp-servers/devices/simulated/printers/ql-status-frame.ts'
import { FakeClock } from '../../../../support/fake-clock.ts'
import { fakeQlLine } from '../../../../support/fake-ql-line.ts'
import { labelFacts } from '../../../../support/open-devices.ts'
import { noSerialLine } from '../../../../support/open-printers.ts'

const tape62 = mediaById('62')

function says(type: FrameType, errors: [number, number] = [0, 0], media = tape62): Uint8Array {
  return statusFrame({ type, printing: false, media, errors })
}
const busy = statusFrame({ type: 'reply', printing: true, media: tape62, errors: [0, 0] })

/** When nothing is left to read, the clock runs until the reader gives up. */
class HastyClock extends FakeClock {
  override after(delayMs: number, action: () => void): () => void {
    const cancel = super.after(delayMs, action)
    queueMicrotask(() => this.advance(delayMs))
    return cancel
  }
}

async function printOn(options: {
  answersForSure?: boolean
  media?: string
  answer(event: JobEvent): Uint8Array[] | 'hang-up'
}) {
  const clock = new HastyClock()
  const line = fakeQlLine({ clock, answersForSure: options.answersForSure ?? true, answer: options.answer })
  const printer = qlPrinter(
    { id: 'ql', name: 'QL', driver: 'brother-ql', transport: null, media: options.media ?? '62' },
    line.transport,
    {
      clock,
      labelsFolder: '/nowhere',
      runProgram: async () => ({ kind: 'missing' }),
      printerNode: async () => null,
      usbPrinter: async () => null,
      serialLine: noSerialLine,
    },
  )
  let sent = 0
  const startedAtMs = clock.nowMs()
  const outcome = await printer.print({
    id: 'job',
    facts: labelFacts('HW-00001'),
    sending: () => {
      sent += 1
    },
  })
  const tookMs = clock.nowMs() - startedAtMs
  return {
    ...{ outcome, sent, tookMs, labels: line.labels().length },
    ...{ closed: line.closed(), unread: line.unread(), printer },
  }
}

const readyThen =
  (...after: Uint8Array[]) =>
  (event: JobEvent) =>
    event.kind === 'status-asked' ? [says('reply')] : after

describe('printing on a Brother QL', () => {
  test('is printed when the printer says completed', async () => {
    expect(await printOn({ answer: readyThen(says('phase-change'), says('completed')) })).toMatchObject({
      outcome: { kind: 'printed' },
      sent: 1,
      labels: 1,
      closed: 1,
    })
  })

  test.each([
    ['an open cover', says('reply', [0, 0x10]), 'The cover is open.'],
    ['an empty roll', says('reply', [2, 0]), 'The label roll is at its end.'],
    ['another roll', says('reply', [0, 0], mediaById('29x90')), '29 × 90 mm die-cut is loaded'],
    ['no roll', says('reply', [0, 0], null), 'No label roll is loaded.'],
  ])('with %s sends no label', async (_what, status, why) => {
    const printed = await printOn({ answer: () => [status] })
    expect(printed).toMatchObject({
      outcome: { kind: 'failed', why: expect.stringContaining(why) },
      sent: 0,
      labels: 0,
    })
  })

  test('waits while the printer still cuts the label before', async () => {
    let asked = 0
    const answer = (event: JobEvent) => {
      if (event.kind === 'page') return [says('completed')]
      asked += 1
      return [asked < 3 ? busy : says('reply')]
    }
    expect(await printOn({ answer })).toMatchObject({ outcome: { kind: 'printed' }, labels: 1 })
  })

  test('is not begun on a printer that does not come to an end', async () => {
    expect(await printOn({ answer: () => [busy] })).toMatchObject({
      outcome: { kind: 'failed', why: 'The printer is busy with something else. Print again later.' },
      sent: 0,
      labels: 0,
    })
  })

  test('leaves the line when the printer is ready for the next label', async () => {
    const answer = readyThen(says('completed'), says('phase-change'))
    expect(await printOn({ answer })).toMatchObject({ outcome: { kind: 'printed' }, unread: 0 })
    const atOnce = Buffer.concat([says('completed'), says('phase-change')])
    const { tookMs } = await printOn({ answer: readyThen(atOnce) })
    expect(tookMs).toBe(0)
  })

  test('that stops with an error after printing began is asked about, because a part may be out', async () => {
    const began = statusFrame({ type: 'phase-change', printing: true, media: tape62, errors: [0, 0] })
    expect(await printOn({ answer: readyThen(began, says('error', [2, 0])) })).toMatchObject({
      outcome: { kind: 'unknown', why: 'The label roll is at its end. A part of the label may be out.' },
      sent: 1,
    })
  })

  test('that is refused before it began has failed, with the reason of the printer', async () => {
    expect(await printOn({ answer: readyThen(says('error', [0, 0x10])) })).toMatchObject({
      outcome: { kind: 'failed', why: 'The cover is open.' },
      sent: 1,
    })
  })

  test('is not printed by what was said of the label before', async () => {
    const stale = Buffer.concat([says('reply'), says('completed')])
    const answer = (event: JobEvent) => (event.kind === 'status-asked' ? [stale] : [])
    expect(await printOn({ answer })).toMatchObject({ outcome: { kind: 'unknown' }, sent: 1 })
  })

  test('that ends in silence is unknown, never printed', async () => {
    expect(await printOn({ answer: readyThen() })).toMatchObject({ outcome: { kind: 'unknown' }, sent: 1 })
  })

  test('that loses the line while it prints is unknown', async () => {
    const answer = (event: JobEvent) => (event.kind === 'status-asked' ? [says('reply')] : 'hang-up')
    expect(await printOn({ answer })).toMatchObject({ outcome: { kind: 'unknown' }, sent: 1 })
  })

  test('over a network line that never answers is sent, unconfirmed', async () => {
    expect(await printOn({ answersForSure: false, answer: () => [] })).toMatchObject({
      outcome: { kind: 'sent-unconfirmed' },
      labels: 1,
    })
  })

  test('over a cable that should answer and does not sends nothing', async () => {
    expect(await printOn({ answer: () => [] })).toMatchObject({
      outcome: { kind: 'failed' },
      sent: 0,
      labels: 0,
    })
  })

  test('lays the label out for the roll that the printer has, when the setting says so', async () => {
    const roll = mediaById('29x90')
    const answer = (event: JobEvent) => [says(event.kind === 'page' ? 'completed' : 'reply', [0, 0], roll)]
    const printed = await printOn({ media: 'loaded', answer })
    expect(printed).toMatchObject({ outcome: { kind: 'printed' }, labels: 1 })
    expect(printed.printer.media().id).toBe('29x90')
  })

  test('understands an answer in pieces, after leftovers of an older job', async () => {
    const reply = says('reply')
    const answer = (event: JobEvent) =>
      event.kind === 'status-asked'
        ? [says('phase-change'), reply.slice(0, 5), reply.slice(5)]
        : [says('completed')]
    expect(await printOn({ answer })).toMatchObject({ outcome: { kind: 'printed' } })
  })
})
