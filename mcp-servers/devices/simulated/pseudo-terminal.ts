import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** The far side of a serial line in software: whatever opens `path` talks to us, over the system’s own terminal driver. */
export interface PseudoTerminal {
  /** "/dev/pts/4". */
  path: string
  /** Bytes that the opener sent. The returned function ends it. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void
  /** Resolves when the bytes are handed over. */
  write(bytes: Uint8Array): Promise<void>
  /** Pulls the cable: who has it open is hung up, and the path is gone. Idempotent. */
  unplug(): Promise<void>
}

export type OpenedTerminal =
  | { kind: 'open'; terminal: PseudoTerminal }
  /** A sentence: why not. */
  | { kind: 'not-possible'; why: string }

const markWords = 'hwlab-line'
const openWithinMs = 5000

/**
 * Node has no pseudo-terminals; `script` of util-linux (in every Debian) has one and copies it to its own pipes. What runs
 * inside only holds the line open, raw and without echo, until this process ends: `cat` sees the end of descriptor 3.
 */
const holdLine = `tty; stty raw -echo; printf '${markWords}\\n'; exec cat <&3 >/dev/null`

interface Script {
  input: Writable
  output: Readable
  ended: Promise<void>
  kill(): void
}

export async function openPseudoTerminal(): Promise<OpenedTerminal> {
  const script = process.platform === 'linux' ? startScript() : null
  const start = script && (await startOf(script))
  if (script && start) return { kind: 'open', terminal: terminalOf(script, start) }
  script?.kill()
  return {
    kind: 'not-possible',
    why: 'Simulated serial lines need Linux and its program “script” (package bsdutils).',
  }
}

function startScript(): Script | null {
  const child = spawn('script', ['-qfec', holdLine, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const { stdin, stdout } = child
  if (!stdin || !stdout) return null
  // A line that was unplugged takes nothing more: that is what unplugging means.
  stdin.on('error', () => {})
  return { input: stdin, output: stdout, ended, kill: () => child.kill('SIGKILL') }
}

interface Start {
  path: string
  rest: Buffer
}

/** Its first lines tell the path and that the line is raw. null: it ended, or said nothing. */
function startOf(script: Script): Promise<Start | null> {
  return new Promise((resolve) => {
    let heard = Buffer.alloc(0)
    const timer = setTimeout(() => settle(null), openWithinMs)
    const onData = (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes])
      const found = new RegExp(`(/dev/\\S+)\\r?\\n${markWords}\\r?\\n`).exec(heard.toString('latin1'))
      if (found?.[1]) settle({ path: found[1], rest: heard.subarray(found.index + found[0].length) })
    }
    const settle = (start: Start | null) => {
      clearTimeout(timer)
      script.output.removeListener('data', onData)
      script.output.pause()
      resolve(start)
    }
    script.output.on('data', onData)
    void script.ended.then(() => settle(null))
  })
}

function terminalOf(script: Script, { path, rest }: Start): PseudoTerminal {
  const listeners = new Set<(bytes: Uint8Array) => void>()
  const tell = (bytes: Uint8Array) => {
    for (const listener of listeners) listener(bytes)
  }
  let isStarted = false
  return {
    path,
    onBytes(listener) {
      listeners.add(listener)
      if (!isStarted) {
        isStarted = true
        if (rest.length > 0) tell(rest)
        script.output.on('data', tell)
        script.output.resume()
      }
      return () => listeners.delete(listener)
    },
    write: (bytes) =>
      new Promise((resolve) => {
        script.input.write(bytes, () => resolve())
      }),
    async unplug() {
      script.kill()
      await script.ended
      listeners.clear()
    },
  }
}
