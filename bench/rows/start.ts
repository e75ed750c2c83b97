import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import nodeFlags from '../../setup/node-flags.json' with { type: 'json' }
import type { Bench, BenchRow } from '../bench-row.ts'

const starts = 5
const readyBudgetMs = 1500
const memoryBudgetMb = 180
/** Long enough for what begins in the background: looking for model servers, the bench, connections. */
const settledAfterMs = 3000

/** The real process on an empty folder, then on the same one again; resident memory is the kernel's own figure. */
export default {
  name: 'start',
  async run(): Promise<BenchRow[]> {
    const folder = mkdtempSync(join(tmpdir(), 'hwlab-bench-start-'))
    try {
      const first = await start(folder, { settle: false })
      const again: { readyMs: number; memoryMb: number | null }[] = []
      for (let round = 1; round <= starts; round += 1) {
        again.push(await start(folder, { settle: round === starts }))
      }
      const readyMs = again.map((one) => one.readyMs).sort((a, b) => a - b)[Math.floor(starts / 2)] ?? 0
      const memoryMb = again.at(-1)?.memoryMb ?? null
      const memory: BenchRow[] =
        memoryMb === null
          ? []
          : [
              {
                name: 'resident memory, idle',
                value: memoryMb,
                unit: 'MB',
                budget: `≤ ${memoryBudgetMb} MB`,
                ok: memoryMb <= memoryBudgetMb,
                note: `${settledAfterMs / 1000} s after ready, no photo read yet`,
              },
            ]
      return [
        {
          name: 'start to ready',
          value: readyMs,
          unit: 'ms median',
          budget: `≤ ${readyBudgetMs} ms`,
          ok: readyMs <= readyBudgetMs,
          note: `${starts} starts; the very first, with all tables to make, ${Math.round(first.readyMs)} ms`,
        },
        ...memory,
      ]
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
} satisfies Bench

async function start(
  stateDir: string,
  { settle }: { settle: boolean },
): Promise<{ readyMs: number; memoryMb: number | null }> {
  const startMs = performance.now()
  const child = spawn(process.execPath, [...nodeFlags, join(import.meta.dirname, '../../agent/main.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...{ PATH: process.env.PATH ?? '', HWLAB_STATE_DIR: stateDir, HWLAB_PORT: '0' },
      // As `npm start` sets it, and the flags.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    },
  })
  try {
    await ready(child)
    const readyMs = performance.now() - startMs
    if (settle) await wait(settledAfterMs)
    return { readyMs, memoryMb: settle ? residentMb(child) : null }
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
}

async function ready({ stdout }: ChildProcess): Promise<void> {
  if (!stdout) throw new Error('HWLab was started without a stdout')
  for await (const line of createInterface(stdout)) {
    if (line.startsWith('HWLab is ready:')) return
  }
  throw new Error('HWLab ended before it was ready')
}

/** `VmRSS` of Linux' `/proc`; null elsewhere. */
function residentMb({ pid }: ChildProcess): number | null {
  const path = `/proc/${pid}/status`
  if (!existsSync(path)) return null
  const kilobytes = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1])
  return (kilobytes * 1024) / 1e6
}
