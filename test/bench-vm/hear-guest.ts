import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export interface Check {
  name: string
  passed: boolean
  words: string
}

export interface GuestRun {
  checks: Check[]
  /** What the guest printed. */
  console: string
  /** Exit code of the checks; null when the guest never got so far. */
  ended: number | null
}

/** Listens to the guest's serial line to its end. One line a check: `bench-vm check {"name":…,"passed":…,"words":…}`. */
export async function hearGuest(serialLine: Readable, onCheck: (check: Check) => void): Promise<GuestRun> {
  const run: GuestRun = { checks: [], console: '', ended: null }
  for await (const line of createInterface({ input: serialLine, crlfDelay: Number.POSITIVE_INFINITY })) {
    run.console += `${line}\n`
    const told = /^bench-vm check (.*)$/.exec(line)?.[1]
    if (told !== undefined) {
      const check = checkIn(told)
      run.checks.push(check)
      onCheck(check)
    }
    const ended = /^bench-vm: the checks ended with (\d+)/.exec(line)?.[1]
    if (ended !== undefined) run.ended = Number(ended)
  }
  return run
}

function checkIn(told: string): Check {
  try {
    return JSON.parse(told)
  } catch {
    return { name: 'a line of the checks is readable', passed: false, words: told }
  }
}
