import { execFile } from 'node:child_process'
import { systemCode } from '../device-error.ts'

export type ProgramOutcome =
  | { kind: 'ran'; exitCode: number; stdout: string; stderr: string }
  /** Not installed. */
  | { kind: 'missing' }
  | { kind: 'too-slow' }

export type RunProgram = (file: string, args: string[], withinMs: number) => Promise<ProgramOutcome>

/** Runs a program without a shell, in plain English whatever the system speaks. */
export const runProgram: RunProgram = (file, args, withinMs) =>
  new Promise((resolve) => {
    execFile(
      file,
      args,
      {
        timeout: withinMs,
        maxBuffer: 1_000_000,
        env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
      },
      (error, stdout, stderr) => {
        if (!error) return resolve({ kind: 'ran', exitCode: 0, stdout, stderr })
        if (systemCode(error) === 'ENOENT') return resolve({ kind: 'missing' })
        if (error.killed) return resolve({ kind: 'too-slow' })
        resolve({ kind: 'ran', exitCode: typeof error.code === 'number' ? error.code : 1, stdout, stderr })
      },
    )
  })
