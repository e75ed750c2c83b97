import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { holdStateFolder } from '../../../mcp-servers/serving/state-folder.ts'
import { beginNextState, swapState } from '../../../mcp-servers/serving/swap-state.ts'

const home = mkdtempSync(join(tmpdir(), 'hwlab-swap-'))
afterAll(() => rmSync(home, { recursive: true }))

const old = {
  'hwlab.db': 'old records',
  'hwlab.db-wal': 'the last old records',
  'state-key': 'old key',
  'models.json': 'old',
  'attachments/a.jpg': 'photo',
}
const fresh = {
  'hwlab.db': 'restored records',
  'state-key': 'restored key',
  'attachments/a.jpg': 'photo',
  'attachments/b.jpg': 'another',
}

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Everything in a folder but what belongs to a restore or to the process that holds it. */
function read(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    names
      .filter(
        (name) => !/^(before-restore|restore\.|owner)/.test(name) && statSync(join(folder, name)).isFile(),
      )
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
}

let folders = 0
function prepared(): string {
  folders += 1
  const folder = join(home, `state-${folders}`)
  write(folder, { ...old, 'owner.lock': '' })
  write(beginNextState(folder), fresh)
  return folder
}

/** How many changes to the disk were made; null: it was killed. */
async function swapping(folder: string, what: 'swap' | 'finish', killedAt: number): Promise<number | null> {
  const script = join(import.meta.dirname, '../../support/swapping-child.ts')
  const child = spawn(process.execPath, [script, folder, what, String(killedAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (data) => {
    said += String(data)
  })
  await once(child, 'close')
  return said === '' ? null : Number(said)
}

const asides = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('before-restore-'))

test('killed at any step and once more while that is finished, either state is whole, and the old one is never lost', async () => {
  const changes = await swapping(prepared(), 'swap', Number.POSITIVE_INFINITY)
  expect(changes).toBeGreaterThan(12)
  const outcomes: string[] = []
  for (let at = 1; at <= (changes ?? 0); at += 1) {
    const folder = prepared()
    expect(await swapping(folder, 'swap', at)).toBeNull()
    expectNothingMixed(folder, at)
    const isHalfWay = existsSync(join(folder, 'restore.json'))
    if (isHalfWay && at % 3 === 0) await swapping(folder, 'finish', 1 + (at % 4))
    expectNothingMixed(folder, at)
    const held = await holdStateFolder(folder, 0)
    if (held.kind !== 'held') throw new Error(`not held: ${held.kind}`)
    held.release()
    const isNew = existsSync(join(folder, 'attachments/b.jpg'))
    expect({ at, state: read(folder) }).toEqual({ at, state: isNew ? fresh : old })
    expect(asides(folder).map((name) => read(join(folder, name)))).toEqual(isNew ? [old] : [])
    expect(readdirSync(folder).filter((name) => name.startsWith('restore.'))).toEqual([])
    outcomes.push(isNew ? 'new' : 'old')
  }
  expect(outcomes.indexOf('new')).toBeGreaterThan(2)
  expect(outcomes.lastIndexOf('old')).toBeLessThan(outcomes.indexOf('new'))
}, 60_000)

/** Whoever finds `hwlab.db` there finds all that belongs to it. */
function expectNothingMixed(folder: string, at: number): void {
  const found = read(folder)
  if (found['hwlab.db'] === undefined) return
  expect({ at, found }).toEqual({ at, found: found['hwlab.db'] === old['hwlab.db'] ? old : fresh })
}

test('what cannot be moved, because it is a mount, leaves all as it was', () => {
  const folder = prepared()
  const { renameSync } = fs
  fs.renameSync = (from, to) => {
    if (String(from) === join(folder, 'models.json')) throw new Error('EBUSY: resource busy or locked')
    renameSync(from, to)
  }
  syncBuiltinESMExports()
  try {
    expect(() => swapState(folder, 0)).toThrow('EBUSY')
  } finally {
    fs.renameSync = renameSync
    syncBuiltinESMExports()
  }
  expect(read(folder)).toEqual(old)
  expect(readdirSync(folder).filter((name) => /^(restore\.|before-restore)/.test(name))).toEqual([])
})

test('where nothing was, nothing is kept aside', () => {
  const folder = join(home, 'empty')
  mkdirSync(folder)
  write(beginNextState(folder), fresh)
  expect(swapState(folder, 0)).toBeNull()
  expect(read(folder)).toEqual(fresh)
  expect(asides(folder)).toEqual([])
})

test('two restores in one second keep both states aside', () => {
  const folder = prepared()
  const first = swapState(folder, 0)
  write(beginNextState(folder), { 'hwlab.db': 'third' })
  const second = swapState(folder, 0)
  expect([read(first ?? ''), read(second ?? ''), read(folder)]).toEqual([old, fresh, { 'hwlab.db': 'third' }])
})
