import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStateFolder, type StateFolder } from '../../../mcp-servers/serving/state-folder.ts'

let path: string
let held: StateFolder[]
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hwlab-state-'))
  held = []
})
afterEach(() => {
  for (const folder of held) folder.close()
  rmSync(path, { recursive: true })
})

async function take(at = path): Promise<StateFolder> {
  const opened = await openStateFolder(at)
  if (opened.kind !== 'owner') throw new Error(`not taken: ${opened.kind}`)
  held.push(opened.folder)
  return opened.folder
}

/** Another process that takes the folder, says so, and stays. */
async function otherOwner(): Promise<{ said: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/owner-child.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  return {
    said: String(said).trim(),
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

function modeOf(name: string): string {
  return (statSync(join(path, name)).mode & 0o777).toString(8)
}

test('the first process owns the folder; another is told where the owner listens', async () => {
  const owner = await otherOwner()
  expect(await openStateFolder(path)).toMatchObject({
    kind: 'owned',
    owner: { url: 'http://127.0.0.1:4610', token: expect.stringMatching(/^[\w-]{43}$/) },
  })
  await owner.kill()
})

test('the folder of a process that died is taken over at once, however it died', async () => {
  const owner = await otherOwner()
  await owner.kill()
  expect(existsSync(join(path, 'owner.json'))).toBe(true)
  await take()
  expect(existsSync(join(path, 'owner.json'))).toBe(false)
})

test('a second taker in the same process is refused too', async () => {
  const folder = await take()
  folder.announce('http://127.0.0.1:4611')
  expect(await openStateFolder(path)).toMatchObject({
    kind: 'owned',
    owner: { url: 'http://127.0.0.1:4611' },
  })
  const other = await otherOwner()
  expect(other.said).toBe('owned')
  await other.kill()
})

test('while the owner is still starting, its address is not known yet', async () => {
  await take()
  expect(await openStateFolder(path, 0)).toEqual({ kind: 'owned', owner: null })
})

test('a closed folder can be opened again, and its key is the same', async () => {
  const first = await take()
  const { stateKey, internalToken } = first
  first.close()
  const second = await take()
  expect(second.stateKey).toEqual(stateKey)
  expect(second.stateKey).toHaveLength(32)
  expect(second.internalToken).not.toBe(internalToken)
})

test('only the owner of the files may read them', async () => {
  chmodSync(path, 0o755)
  const folder = await take()
  folder.announce('http://127.0.0.1:4610')
  expect(modeOf('.')).toBe('700')
  for (const name of ['hwlab.db', 'state-key', 'owner.json', 'owner.lock'])
    expect(modeOf(name), name).toBe('600')
  for (const name of ['attachments', 'labels']) expect(modeOf(name), name).toBe('700')
})

test('a key that others could read is closed again', async () => {
  const folder = await take()
  folder.close()
  chmodSync(join(path, 'state-key'), 0o644)
  await take()
  expect(modeOf('state-key')).toBe('600')
})

test('a damaged key stops the start with a sentence', async () => {
  const folder = await take()
  folder.close()
  writeFileSync(join(path, 'state-key'), 'short')
  await expect(openStateFolder(path)).rejects.toThrow('Remove it')
})

test('a folder that holds other things is left alone', async () => {
  writeFileSync(join(path, 'thesis.odt'), 'years of work')
  expect(await openStateFolder(path)).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('HWLAB_STATE_DIR'),
  })
  expect(readFileSync(join(path, 'thesis.odt'), 'utf8')).toBe('years of work')
  expect(existsSync(join(path, 'hwlab.db'))).toBe(false)
})

test('settings that were put there before the first start are no other things', async () => {
  for (const name of ['models.json', 'strong.key', 'printers.json', 'serial-ports.json'])
    writeFileSync(join(path, name), '{}')
  const folder = await take()
  expect(existsSync(folder.databasePath)).toBe(true)
})

test('a folder that does not exist yet is made', async () => {
  const folder = await take(join(path, 'deep', 'data'))
  expect(existsSync(folder.databasePath)).toBe(true)
})

test('a state folder that is a file, or lies below one, is refused in a sentence', async () => {
  const file = join(path, 'notes.txt')
  writeFileSync(file, 'mine')
  for (const folder of [file, join(file, 'below')])
    expect(await openStateFolder(folder)).toEqual({
      kind: 'refused',
      why: `${folder} is not a folder. Set HWLAB_STATE_DIR to a new or empty folder.`,
    })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})
