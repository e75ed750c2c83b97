import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface RunningHwlab {
  /** `http://127.0.0.1:<port>` */
  url: string
  /** Works once. */
  signInUrl: string
  port: number
  process: ChildProcess
  /** Everything that was written to stderr so far. */
  log(): string
  /** Sends the signal and resolves with the exit code, or the signal's name. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string>
}

const root = join(import.meta.dirname, '..', '..')

/** Of this process, what a program needs; nothing that tells HWLab what to do. */
export function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE'].flatMap((name) => {
      const value = process.env[name]
      return value ? [[name, value]] : []
    }),
  )
}

/** HWLab as a person starts it, in a process of its own; resolves when it says that it is ready. */
export async function runHwlab(wish: {
  stateDir: string
  port: number
  environment?: Record<string, string>
}): Promise<RunningHwlab> {
  const child = spawn(process.execPath, [join(root, 'agent', 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...plainEnvironment(),
      HWLAB_STATE_DIR: wish.stateDir,
      HWLAB_PORT: String(wish.port),
      ...wish.environment,
    },
  })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code))
  const signInUrl = await Promise.race([
    readyLine(child),
    ended.then((how) => {
      throw new Error(`HWLab ended (${how}) before it was ready:\n${log}`)
    }),
  ])
  const { origin, port } = new URL(signInUrl)
  return {
    url: origin,
    signInUrl,
    port: Number(port),
    process: child,
    log: () => log,
    async stop(signal) {
      child.kill(signal)
      const how = await ended
      return Number.isNaN(Number(how)) ? how : Number(how)
    },
  }
}

async function readyLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('HWLab was started without a stdout')
  for await (const line of createInterface(stdout)) {
    const url = /^HWLab is ready: (http:\S+)$/.exec(line)?.[1]
    if (url) {
      stdout.resume()
      return url
    }
  }
  throw new Error('HWLab closed its stdout before it was ready')
}
