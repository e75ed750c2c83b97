import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { type Check, type GuestRun, hearGuest } from './hear-guest.ts'
import type { PreparedGuest } from './prepare.ts'

const withinMs = { short: 5 * 60_000, full: 30 * 60_000 }

/** Boots the guest with this machine's file system shared read-only, and listens to what its checks say. */
export async function bootGuest(
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
  let complaints = ''
  qemu.stderr.setEncoding('utf8').on('data', (words: string) => {
    complaints += words
  })
  const failed = once(qemu, 'error').then(([error]) => Promise.reject(error))
  try {
    const run = await Promise.race([hearGuest(qemu.stdout, onCheck), failed])
    return { ...run, console: run.console + complaints }
  } finally {
    clearTimeout(timer)
  }
}
