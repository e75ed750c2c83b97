import { join } from 'node:path'
import type { Clock } from '../../../serving/clock.ts'
import { DeviceError } from '../../device-error.ts'
import { dotsToMm } from '../../labels/label-media.ts'
import { labelPdf } from '../../labels/label-pdf.ts'
import { labelSvg } from '../../labels/label-svg.ts'
import { mediaById } from '../../labels/media.ts'
import { rasterise } from '../../labels/rasterise.ts'
import { fitsPaper } from '../file-printer.ts'
import type { PrinterDriver, PrinterState, PrintOutcome } from '../printer.ts'
import type { RunProgram } from '../run-program.ts'
import { writeWholeFile } from '../write-whole-file.ts'

const programWithinMs = 5000
const askAgainAfterMs = 1000
const completionWithinMs = 30_000

/** A queue of the system's print service (CUPS), by its own `lp` and `lpstat`. */
export default {
  driver: 'system-queue',
  takes: fitsPaper,
  async open(config, around) {
    const media = mediaById(config.media)
    if (!media) throw new DeviceError('unsupported', `${config.media} is not a medium that HWLab knows.`)
    if (config.transport?.kind !== 'queue')
      throw new DeviceError('unsupported', 'A system queue needs a transport of kind queue with its name.')
    const queue = config.transport.name
    const { runProgram, clock, labelsFolder } = around
    return {
      id: config.id,
      name: config.name,
      simulated: false,
      repeatable: false,
      media: () => media,
      state: () => queueState(queue, runProgram),
      async print(job) {
        const bitmap = rasterise(labelSvg(job.facts, media), media)
        const pdf = await labelPdf(bitmap, media)
        const state = await queueState(queue, runProgram)
        if (state.condition !== 'ready' && state.condition !== 'printing')
          return { kind: 'failed', why: state.words }
        const path = join(labelsFolder, `${job.facts.tag}-${job.id}.pdf`)
        await writeWholeFile(path, pdf)
        job.sending()
        const [widthMm, lengthMm] = [bitmap.widthDots, bitmap.heightDots].map((dots) =>
          Math.round(dotsToMm(dots, media.dotsPerInch)),
        )
        const page = `media=Custom.${widthMm}x${lengthMm}mm`
        const sent = await runProgram(
          'lp',
          ['-d', queue, '-t', `HWLab ${job.facts.tag}`, '-o', page, '--', path],
          programWithinMs,
        )
        if (sent.kind === 'missing')
          return { kind: 'failed', why: 'This machine has no print command (lp). Install CUPS.' }
        if (sent.kind === 'too-slow') return { kind: 'unknown', why: 'The print service did not answer.' }
        if (sent.exitCode !== 0)
          return { kind: 'failed', why: 'The print service refused the label. Look at its queue.' }
        const jobName = /request id is (\S+)/.exec(sent.stdout)?.[1] ?? null
        return jobName ? followJob(jobName, queue, runProgram, clock) : unconfirmed
      },
      switchboard: null,
      close: async () => {},
    }
  },
} satisfies PrinterDriver

const unconfirmed: PrintOutcome = {
  kind: 'sent-unconfirmed',
  words: 'Handed to the print service, which has not said that it is done.',
}

async function queueState(queue: string, run: RunProgram): Promise<PrinterState> {
  const said = await run('lpstat', ['-p', queue], programWithinMs)
  if (said.kind === 'missing')
    return { condition: 'offline', words: 'This machine has no print service (CUPS).' }
  if (said.kind === 'too-slow') return { condition: 'offline', words: 'The print service does not answer.' }
  if (said.exitCode !== 0) return { condition: 'offline', words: `There is no print queue named ${queue}.` }
  if (/\bdisabled\b/.test(said.stdout))
    return { condition: 'offline', words: `The queue is stopped. Resume it: cupsenable ${queue}` }
  if (/now printing/.test(said.stdout)) return { condition: 'printing', words: 'Printing' }
  return { condition: 'ready', words: 'The print service takes jobs' }
}

/** "Alerts: job-completed-successfully" is IPP's `job-state-reasons`; a cancelled job is "completed" for lpstat too. */
async function followJob(
  jobName: string,
  queue: string,
  run: RunProgram,
  clock: Clock,
): Promise<PrintOutcome> {
  const endsAtMs = clock.nowMs() + completionWithinMs
  while (clock.nowMs() < endsAtMs) {
    const said = await run('lpstat', ['-l', '-W', 'completed', '-o', queue], programWithinMs)
    const alerts = said.kind === 'ran' ? alertsOf(jobName, said.stdout) : null
    if (alerts?.includes('job-completed-successfully'))
      return { kind: 'printed', words: 'The print service says that it is done.', file: null }
    if (alerts?.some((alert) => alert.startsWith('job-canceled') || alert.startsWith('aborted')))
      return { kind: 'unknown', why: 'The job was cancelled in the print service.' }
    await new Promise<void>((resolve) => {
      clock.after(askAgainAfterMs, resolve)
    })
  }
  return unconfirmed
}

/** The alerts of one job in `lpstat -l`: its own line begins at the left, its details are indented. */
function alertsOf(jobName: string, listing: string): string[] | null {
  const lines = listing.split('\n')
  const start = lines.findIndex((line) => line.split(/\s+/)[0] === jobName)
  if (start < 0) return null
  const details = lines.slice(start + 1)
  const end = details.findIndex((line) => /^\S/.test(line))
  const own = end < 0 ? details : details.slice(0, end)
  const alerts = own.map((line) => /^\s+Alerts:\s*(.*)$/.exec(line)?.[1]).find((found) => found !== undefined)
  return alerts?.split(/\s+/) ?? []
}
