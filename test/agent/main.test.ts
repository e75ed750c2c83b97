import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signIn } from '../../evals/worlds/tab.ts'
import { plainEnvironment } from '../support/run-hwlab.ts'

let folder: string
type Child = ChildProcessByStdio<null, Readable, Readable>
const children: Child[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-main-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(environment: Record<string, string> = {}): Child {
  const entry = join(import.meta.dirname, '..', '..', 'agent', 'main.ts')
  const child = spawn(process.execPath, [entry], {
    cwd: folder,
    env: {
      ...plainEnvironment(),
      HWLAB_STATE_DIR: join(folder, 'state'),
      HWLAB_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

async function readyLine(child: Child): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('HWLab is ready: ')) return line.slice('HWLab is ready: '.length)
  }
  throw new Error('HWLab ended before it was ready')
}

async function errorText(child: Child): Promise<string> {
  let text = ''
  for await (const piece of child.stderr) text += String(piece)
  return text
}

test('it starts, prints a link that signs in, refuses a second owner, and ends in order on SIGTERM', async () => {
  const first = start()
  const errors = errorText(first)
  const link = await readyLine(first)
  expect((await signIn(link)).status).toBe(200)
  expect(await (await fetch(new URL('/readyz', link))).json()).toEqual({ kind: 'ready' })

  const second = start()
  const [code] = await once(second, 'exit')
  expect(code).toBe(1)

  first.kill('SIGTERM')
  const [exitCode] = await once(first, 'exit')
  expect(exitCode).toBe(0)
  expect(await errors).not.toContain(new URL(link).hash.slice(1))
}, 60_000)

test('after kill -9 it starts again with the same folder, and the browser is still signed in', async () => {
  const first = start()
  const link = await readyLine(first)
  const { cookie } = await signIn(link)
  first.kill('SIGKILL')
  await once(first, 'exit')
  const again = await readyLine(start())
  const photo = await fetch(new URL('/attachments/unknown', again), { headers: { cookie } })
  expect(photo.status).toBe(404)
}, 60_000)

test('a configuration that cannot be right ends the start with sentences', async () => {
  const child = start({ HWLAB_PORT: 'web', NODE_TLS_REJECT_UNAUTHORIZED: '0' })
  const errors = errorText(child)
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect(await errors).toContain('HWLAB_PORT must be a number')
  expect(await errors).toContain('switches off every certificate check')
}, 60_000)
