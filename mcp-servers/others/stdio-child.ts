import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  type JSONRPCMessage,
  ReadBuffer,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client'
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio'
import type { Clock } from '../serving/clock.ts'

export interface ProgramAddress {
  command: string
  args: string[]
  env: Record<string, string>
  folder: string
}

const messageBytesMax = 10_000_000
const errorTextMax = 4000
/** It has so long to end by itself when its input ends, then again when it is told to. */
const patienceMs = 600

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL')
})

/**
 * MCP over the standard input and output of a program of its own. It leads a group of processes, so that what it starts
 * ends with it (`npx` starts two more); of its environment it gets a few harmless variables and what its entry says.
 */
export interface StdioChild extends Transport {
  /** The end of what it wrote to its standard error: for the log, never for a model. */
  errorText(): string
  pid(): number | null
}

export function openStdioChild({ command, args, env, folder }: ProgramAddress, clock: Clock): StdioChild {
  const buffer = new ReadBuffer({ maxBufferSize: messageBytesMax })
  let child: ChildProcess | null = null
  let errorText = ''

  function read(chunk: Buffer): void {
    try {
      buffer.append(chunk)
      for (let message = next(); message !== null; message = next()) transport.onmessage?.(message)
    } catch (error) {
      transport.onerror?.(asError(error))
      void transport.close()
    }
  }
  /** A line that is no message (a program that logs to its output) is passed over. */
  function next(): JSONRPCMessage | null {
    for (;;) {
      try {
        return buffer.readMessage()
      } catch (error) {
        transport.onerror?.(asError(error))
      }
    }
  }

  const transport: StdioChild = {
    async start() {
      const started = spawn(command, args, {
        cwd: folder,
        env: { ...getDefaultEnvironment(), ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      })
      child = started
      await once(started, 'spawn')
      running.add(started)
      started.on('error', (error) => transport.onerror?.(error))
      started.on('close', () => {
        running.delete(started)
        transport.onclose?.()
      })
      started.stdin.on('error', (error) => transport.onerror?.(error))
      started.stdout.on('data', read)
      started.stderr.on('data', (chunk: Buffer) => {
        errorText = `${errorText}${chunk.toString()}`.slice(-errorTextMax)
      })
    },
    send(message) {
      const input = child?.stdin
      if (!input?.writable) return Promise.reject(new Error('The program has ended'))
      return new Promise((resolve, reject) => {
        input.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()))
      })
    },
    async close() {
      if (!child) return
      child.stdin?.end()
      for (const name of ['SIGTERM', 'SIGKILL'] as const) {
        if (await endsWithin(child, clock)) return
        signal(child, name)
      }
      await endsWithin(child, clock)
    },
    errorText: () => errorText,
    pid: () => child?.pid ?? null,
  }
  return transport
}

function endsWithin(child: ChildProcess, clock: Clock): Promise<boolean> {
  if (!running.has(child)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const cancel = clock.after(patienceMs, () => resolve(false))
    child.once('close', () => {
      cancel()
      resolve(true)
    })
  })
}

/** To the whole group; one that has ended is no error. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch {
    // It has ended.
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
