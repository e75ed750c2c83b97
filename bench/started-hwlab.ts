import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openTab, signIn, type Tab } from '../evals/worlds/tab.ts'

export interface StartedHwlab {
  pid: number
  tab: Tab
  close(): Promise<void>
}

/** The real process on an empty folder with these model servers, signed in to, once its models have been tried. */
export async function startedHwlab(
  modelsFile: { servers: { name: string; baseUrl: string }[] },
  nodeOptions: string[] = [],
): Promise<StartedHwlab> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-bench-'))
  const file = join(folder, 'models.json')
  writeFileSync(file, JSON.stringify(modelsFile))
  const child = spawn(process.execPath, [...nodeOptions, join(import.meta.dirname, '../agent/main.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...{ PATH: process.env.PATH ?? '', HWLAB_STATE_DIR: folder },
      ...{ HWLAB_PORT: '0', HWLAB_MODELS: file },
    },
  })
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
      pid: child.pid ?? 0,
      tab,
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

function isTried({ sections }: Tab): boolean {
  const last = sections.findLast(({ section }) => section === 'connections')
  if (last?.section !== 'connections') return false
  return (
    last.value.some((view) => view.modelKey !== undefined) &&
    last.value.every(({ tone }) => tone !== 'working')
  )
}

async function signInUrlOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('HWLab was started without a stdout')
  for await (const line of createInterface(stdout)) {
    const [, url] = /^HWLab is ready: (\S+)/.exec(line) ?? []
    if (url) return url
  }
  throw new Error('HWLab ended before it was ready')
}
