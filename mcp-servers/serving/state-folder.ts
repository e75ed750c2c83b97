import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { finishSwap } from './swap-state.ts'

/** The folder with everything that HWLab keeps, held by exactly one process. */
export interface StateFolder {
  path: string
  /** `hwlab.db`; there, readable by its owner only. */
  databasePath: string
  attachmentsPath: string
  labelsPath: string
  /** 32 bytes that stay the same across restarts. */
  stateKey: Uint8Array
  /** Random per start: what our own stdio bridges show to this process. */
  internalToken: string
  /** Tells other processes where this one listens, for example `http://127.0.0.1:4610`. */
  announce(url: string): void
  close(): void
}

const ownerSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  url: z.string(),
  token: z.string(),
})
export type Owner = z.infer<typeof ownerSchema>

type NotHeld =
  /** Another process has it; `null` while it is still starting. */
  { kind: 'owned'; owner: Owner | null } | { kind: 'refused'; why: string }

export type Opened = { kind: 'owner'; folder: StateFolder } | NotHeld

/** The folder itself and nothing in it, for whoever changes the state as a whole. */
export type Held = { kind: 'held'; path: string; release(): void } | NotHeld

const lockName = 'owner.lock'
const ownerName = 'owner.json'

/**
 * Holds the folder, or says who does; a restore that was cut off is finished first. The lock is the kernel's (SQLite's
 * exclusive lock on `owner.lock`), so that it ends with its process however that ends, and a reused process id cannot hold
 * it. Never copy `owner.lock` from within the owning process: closing a second handle would give the lock away.
 */
export async function holdStateFolder(path: string, patienceMs: number): Promise<Held> {
  const folder = resolve(path)
  const objection = prepare(folder)
  if (objection !== null) return { kind: 'refused', why: objection }
  const release = lock(join(folder, lockName))
  if (!release) return { kind: 'owned', owner: await ownerOf(folder, patienceMs) }
  rmSync(join(folder, ownerName), { force: true })
  try {
    finishSwap(folder)
  } catch (error) {
    release()
    throw new Error(
      `The restore into ${folder} was cut off and cannot be finished. Is something in it a mount of its own? Unmount that, then try again.`,
      { cause: error },
    )
  }
  return { kind: 'held', path: folder, release }
}

/** Takes the folder with everything that a start needs in it, or says who has it. */
export async function openStateFolder(path: string, patienceMs = 5_000): Promise<Opened> {
  const held = await holdStateFolder(path, patienceMs)
  if (held.kind !== 'held') return held
  const { path: folder, release } = held
  const internalToken = randomBytes(32).toString('base64url')
  const databasePath = join(folder, 'hwlab.db')
  closeSync(openSync(databasePath, 'a', 0o600))
  return {
    kind: 'owner',
    folder: {
      path: folder,
      databasePath,
      attachmentsPath: subfolder(folder, 'attachments'),
      labelsPath: subfolder(folder, 'labels'),
      stateKey: readStateKey(join(folder, 'state-key')),
      internalToken,
      announce(url) {
        const owner = { pid: process.pid, startedAt: new Date().toISOString(), url, token: internalToken }
        const next = join(folder, `${ownerName}.next`)
        rmSync(next, { force: true })
        writeSecret(next, JSON.stringify(owner))
        renameSync(next, join(folder, ownerName))
      },
      close() {
        rmSync(join(folder, ownerName), { force: true })
        release()
      },
    },
  }
}

/** What keeps the folder from being used, in a sentence; null when it is ready. */
function prepare(folder: string): string | null {
  try {
    return strangeContents(folder) ?? makeOwn(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const known: Record<string, string> = {
      EACCES: `HWLab may not write to ${folder}. Give it that right, or set HWLAB_STATE_DIR to a folder of its own.`,
      EPERM: `${folder} belongs to somebody else. Set HWLAB_STATE_DIR to a folder of your own.`,
      EROFS: `${folder} is on a disk that can only be read. Set HWLAB_STATE_DIR to another one.`,
      ENOTDIR: `${folder} is not a folder. Set HWLAB_STATE_DIR to a new or empty folder.`,
      EEXIST: `${folder} is not a folder. Set HWLAB_STATE_DIR to a new or empty folder.`,
      ENOSPC: `The disk with ${folder} is full. Make room, then start HWLab again.`,
    }
    return known[code] ?? `${folder} cannot be used (${code || 'unknown reason'}). Check HWLAB_STATE_DIR.`
  }
}

/** What a person may put there before the first start. */
const ownSettings = [
  'models.json',
  'mcp.json',
  'printers.json',
  'serial-ports.json',
  'ip-plan.json',
  'lost+found',
]

function strangeContents(folder: string): string | null {
  if (existsSync(folder)) {
    const entries = readdirSync(folder).filter(
      (name) => !name.startsWith('.') && !name.endsWith('.key') && !ownSettings.includes(name),
    )
    if (entries.length > 0 && !entries.includes('hwlab.db') && !entries.includes(lockName))
      return `${folder} holds other things. Set HWLAB_STATE_DIR to an empty or new folder.`
  }
  return null
}

function makeOwn(folder: string): null {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  return null
}

function lock(path: string): (() => void) | null {
  // Never opened by hand when it exists: closing that handle would end a lock that this process holds.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  const holder = new Database(path, { timeout: 0 })
  try {
    holder.exec('begin exclusive')
    return () => holder.close()
  } catch (error) {
    holder.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null
    throw new Error(`${path} cannot be locked. Put HWLAB_STATE_DIR on a local disk.`, { cause: error })
  }
}

async function ownerOf(folder: string, patienceMs: number): Promise<Owner | null> {
  const everyMs = 50
  for (let waitedMs = 0; ; waitedMs += everyMs) {
    const owner = readOwner(join(folder, ownerName))
    if (owner || waitedMs >= patienceMs) return owner
    await wait(everyMs)
  }
}

function readOwner(path: string): Owner | null {
  if (!existsSync(path)) return null
  const parsed = ownerSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  return parsed.success ? parsed.data : null
}

function subfolder(folder: string, name: string): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return path
}

const stateKeyBytes = 32

/** Linked into place, so that a crash leaves a whole key or none. */
function readStateKey(path: string): Uint8Array {
  if (!existsSync(path)) {
    const next = `${path}.next`
    rmSync(next, { force: true })
    writeSecret(next, randomBytes(stateKeyBytes))
    linkSync(next, path)
    rmSync(next)
  }
  chmodSync(path, 0o600)
  const key = readFileSync(path)
  if (key.length !== stateKeyBytes)
    throw new Error(
      `${path} is damaged. Remove it; open requests of other programs then have to be asked for again.`,
    )
  return new Uint8Array(key)
}

function writeSecret(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, typeof content === 'string' ? Buffer.from(content) : content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
