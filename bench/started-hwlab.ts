import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { openTab, signIn, type Tab } from '../evals/worlds/tab.ts'
import nodeFlags from '../setup/node-flags.json' with { type: 'json' }

export interface StartedHwlab {
  tab: Tab
  /** What is left after a collection, in bytes. */
  memory(): Promise<{ rss: number; heapUsed: number; external: number }>
  close(): Promise<void>
}

const memorySchema = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() })

/** The real process on an empty folder with this model server, signed in to, once its model has been tried. */
export async function startedHwlab(
  modelServerUrl: string,
  nodeOptions: string[] = [],
): Promise<StartedHwlab> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-bench-'))
  const file = join(folder, 'models.json')
  writeFileSync(file, JSON.stringify({ servers: [{ name: 'Scripted', baseUrl: modelServerUrl }] }))
  const memoryChild = join(import.meta.dirname, 'memory-child.ts')
  const child = spawn(
    process.execPath,
    [
      ...nodeFlags,
      ...nodeOptions,
      ...['--expose-gc', '--import', memoryChild, join(import.meta.dirname, '../agent/main.ts')],
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
      env: {
        ...{ PATH: process.env.PATH ?? '', HWLAB_STATE_DIR: folder },
        ...{ HWLAB_PORT: '0', HWLAB_MODELS: file },
      },
    },
  )
  async function end(): Promise<void> {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = new URL(await signInUrlOf(child))
    const tab = await openTab(url.origin, (await signIn(url.href)).cookie)
    await tab.ask('connections-check', {})
    await tab.until(isTried)
    return {
      tab,
      async memory() {
        const answer = once(child, 'message')
        child.send('memory')
        return memorySchema.parse((await answer)[0])
      },
      async close() {
        tab.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** A socket may ask twenty times a second (`agent/web/sockets.ts`). */
const turnAtLeastMs = 60

/** Sends the text and waits for the end of the answer. */
export async function takeTurn(tab: Tab, text: string): Promise<void> {
  tab.chunks.length = 0
  const next = wait(turnAtLeastMs)
  const answer = await tab.send(text)
  if (answer.kind === 'refused') throw new Error(answer.why)
  await tab.until(({ chunks }) => chunks.at(-1)?.body.kind === 'run-end')
  await next
}

function isTried({ sections }: Tab): boolean {
  const last = sections.findLast(({ section }) => section === 'connections')
  if (last?.section !== 'connections') return false
  const hasModel = last.value.some((view) => view.modelKey !== undefined)
  return hasModel && last.value.every(({ tone }) => tone !== 'working')
}

async function signInUrlOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('HWLab was started without a stdout')
  for await (const line of createInterface(stdout)) {
    const [, url] = /^HWLab is ready: (\S+)/.exec(line) ?? []
    if (url) return url
  }
  throw new Error('HWLab ended before it was ready')
}
