import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openCountingQl, type QlMoment } from '../../../support/counting-ql.ts'

/** Each test starts two programs, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 90_000 })

const program = join(import.meta.dirname, '../../../support/printing-child.ts')

function start(argument: object) {
  const child = spawn(process.execPath, [program, JSON.stringify(argument)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString()
  })
  const ended = new Promise<string>((resolve) => {
    child.on('close', (_code, signal) => resolve(signal ?? said))
  })
  return { child, ended }
}

/** Kills the program at the moment, starts it again, and tells what a person finds. */
async function killAt(moment: QlMoment | 'record-asked' | 'sending' | 'printed') {
  const stateDir = await mkdtemp(join(tmpdir(), 'hwlab-kill-'))
  let kill = () => {}
  await using printer = await openCountingQl((seen) => {
    if (seen === moment) kill()
  })
  const { port } = printer
  const isOwn = moment === 'record-asked' || moment === 'sending' || moment === 'printed'
  const first = start({ stateDir, port, again: false, dieAt: isOwn ? moment : null })
  if (!isOwn) kill = () => first.child.kill('SIGKILL')
  const firstEnd = await first.ended
  kill = () => {}
  const labelsBefore = printer.labels()
  const second = start({ stateDir, port, again: true, dieAt: null })
  const found: unknown = JSON.parse(await second.ended)
  await rm(stateDir, { recursive: true, force: true })
  return { firstEnd, labelsBefore, labels: printer.labels(), found }
}

test.each(['record-asked', 'status-asked'] as const)(
  'killed at "%s", before anything was sent: the label is printed after the restart, once',
  async (moment) => {
    expect(await killAt(moment)).toEqual({
      firstEnd: 'SIGKILL',
      labelsBefore: 0,
      labels: 1,
      found: { jobs: [{ state: 'printed' }], steps: [{ state: 'done' }] },
    })
  },
)

test('killed after the job was marked as sending: no label is sent again, a person is asked', async () => {
  expect(await killAt('sending')).toEqual({
    firstEnd: 'SIGKILL',
    labelsBefore: 0,
    labels: 0,
    found: { jobs: [{ state: 'unknown' }], steps: [{ state: 'unknown' }] },
  })
})

test('killed while the label comes out: one label, and a person is asked', async () => {
  expect(await killAt('label-received')).toEqual({
    firstEnd: 'SIGKILL',
    labelsBefore: 1,
    labels: 1,
    found: { jobs: [{ state: 'unknown' }], steps: [{ state: 'unknown' }] },
  })
})

test('killed after the printer was done and before anybody was told: one label, told after the restart', async () => {
  expect(await killAt('printed')).toEqual({
    firstEnd: 'SIGKILL',
    labelsBefore: 1,
    labels: 1,
    found: { jobs: [{ state: 'printed' }], steps: [{ state: 'done' }] },
  })
})
