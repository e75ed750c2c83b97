import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import type { PreparedGuest } from './prepare.ts'

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

const withinMs = { short: 5 * 60_000, full: 30 * 60_000 }

/** Boots the guest with this machine's file system shared read-only, and listens to what its checks say. */
export function bootGuest(
  { kernel, initrd }: PreparedGuest,
  form: 'short' | 'full',
  onCheck: (check: Check) => void,
): Promise<GuestRun> {
  const project = dirname(dirname(import.meta.dirname))
  const words = [`hwlab.node=${process.execPath}`, `hwlab.project=${project}`, `hwlab.form=${form}`]
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048', '-nographic', '-no-reboot'],
      ...['-kernel', kernel, '-initrd', initrd, '-net', 'none'],
      ...['-append', `console=ttyS0 panic=-1 quiet ${words.join(' ')}`],
      ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const timer = setTimeout(() => qemu.kill('SIGKILL'), withinMs[form])
  let console = ''
  for (const stream of [qemu.stdout, qemu.stderr])
    stream.on('data', (bytes: Buffer) => {
      const before = checksIn(console).length
      console += bytes.toString('utf8')
      for (const check of checksIn(console).slice(before)) onCheck(check)
    })
  return new Promise((resolve, reject) => {
    qemu.on('error', reject)
    qemu.on('close', () => {
      clearTimeout(timer)
      const ended = /bench-vm: the checks ended with (\d+)/.exec(console)?.[1]
      resolve({ checks: checksIn(console), console, ended: ended === undefined ? null : Number(ended) })
    })
  })
}

/** One line a check: `bench-vm check {"name":…,"passed":…,"words":…}`. */
function checksIn(console: string): Check[] {
  return [...console.matchAll(/^bench-vm check (\{.*\})\s*$/gm)].map((match) => JSON.parse(match[1] ?? ''))
}
