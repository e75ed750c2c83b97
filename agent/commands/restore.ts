import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { type HeldBack, holdRestoredLab } from '../../mcp-servers/restored-lab.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { holdStateFolder } from '../../mcp-servers/serving/state-folder.ts'
import { beginNextState, dropNextState, swapState } from '../../mcp-servers/serving/swap-state.ts'
import { type Refusal, refused } from '../../mcp-servers/serving/tool.ts'
import { type Command, type CommandWorld, misused } from '../command.ts'
import { endSignIns } from '../store/end-sign-ins.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import { openStaged, proveState } from './restore/prove-state.ts'
import { type BackupPlace, findBackup, stageBackup } from './restore/stage-backup.ts'
import { contentLines } from './restore/state-contents.ts'

const flags = ['--check', '--yes']

const restore: Command = {
  name: 'restore',
  usage: ['restore <backup> [--yes]', 'restore --check <backup>'],
  what: 'puts a backup in the place of what HWLab keeps, which is kept aside; --check only tries whether it would work',
  async run(words, world) {
    const [path, ...more] = words.filter((word) => !flags.includes(word))
    if (!path || more.length > 0 || path.startsWith('-')) return misused(restore, world)
    const place = findBackup(resolve(path), world.config.stateDir)
    const done =
      place.kind === 'refused'
        ? place
        : words.includes('--check')
          ? await check(place, world)
          : await restoreFrom(place, words.includes('--yes'), world)
    if (done.kind === 'done') return 0
    world.tell(done.why)
    return 1
  },
}

export default restore

type Done = { kind: 'done' } | Refusal

/** The whole of a restore in a folder that goes away again. */
async function check(place: BackupPlace, world: CommandWorld): Promise<Done> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-restore-'))
  try {
    const ready = await makeReady(place, folder)
    if (ready.kind === 'refused') return ready
    ready.database.close()
    for (const line of [`${place.path} holds:`, ...ready.holds]) world.print(line)
    if (ready.doubts.length > 0) return refused(ready.doubts.join(' '))
    world.print('It was restored into a temporary folder and opened: it would work.')
    return { kind: 'done' }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function restoreFrom(place: BackupPlace, isSure: boolean, world: CommandWorld): Promise<Done> {
  const { stateDir } = world.config
  const held = await holdStateFolder(stateDir, 0)
  if (held.kind === 'refused') return held
  if (held.kind === 'owned')
    return refused(
      `HWLab runs${held.owner ? ` at ${held.owner.url}` : ''} with ${stateDir}. Stop it, then restore.`,
    )
  const replaced = openReplaced(stateDir)
  try {
    const ready = await makeReady(place, beginNextState(stateDir))
    if (ready.kind === 'refused') return ready
    const heldBack = holdBack(ready.database, { from: place.path, replaced: replaced.database })
    ready.database.close()
    for (const line of [`${place.path} holds:`, ...ready.holds, replaced.words, ...replaced.holds])
      world.print(line)
    for (const doubt of ready.doubts) world.tell(doubt)
    const objection = await objectionOf(isSure, world)
    if (objection !== null) return refused(objection)
    replaced.database?.close()
    return tellDone(swapped(stateDir), heldBack, world)
  } finally {
    replaced.database?.close()
    dropNextState(stateDir)
    held.release()
  }
}

interface Ready {
  kind: 'ready'
  database: LabDatabase
  holds: string[]
  /** What is wrong with it but keeps nothing from working. */
  doubts: string[]
}

/** Copied, sound, brought up to date and opened once; nothing of the world outside is touched. */
async function makeReady(place: BackupPlace, folder: string): Promise<Ready | Refusal> {
  try {
    const objection = await stageBackup(place, folder)
    if (objection !== null) return refused(objection)
    const staged = openStaged(folder, place.path)
    if (staged.kind === 'refused') return staged
    const { database } = staged
    const holds = contentLines(database)
    return { kind: 'ready', database, holds, doubts: await proveState(folder, database) }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason'
    return refused(`${place.path} could not be restored, and nothing was changed: ${why}`)
  }
}

function holdBack(database: LabDatabase, about: { from: string; replaced: LabDatabase | null }): HeldBack {
  endSignIns(database, systemClock.nowMs())
  return holdRestoredLab(database, systemClock, { by: userInfo().username, ...about })
}

function openReplaced(stateDir: string): { database: LabDatabase | null; words: string; holds: string[] } {
  const path = join(stateDir, 'hwlab.db')
  if (!existsSync(path) || statSync(path).size === 0)
    return { database: null, words: `There is nothing in ${stateDir} yet.`, holds: [] }
  const database = openIfReadable(path)
  return database
    ? { database, words: `It replaces ${stateDir}:`, holds: contentLines(database) }
    : { database, words: `It replaces ${stateDir}, which cannot be read any more.`, holds: [] }
}

function openIfReadable(path: string): LabDatabase | null {
  let database: LabDatabase | null = null
  try {
    database = new Database(path, { readonly: true })
    contentLines(database)
    return database
  } catch {
    database?.close()
    return null
  }
}

async function objectionOf(isSure: boolean, world: CommandWorld): Promise<string | null> {
  if (isSure) return null
  if (!world.confirm) return 'Nobody can be asked here, so nothing was restored. Add --yes to restore.'
  return (await world.confirm('Restore this backup?')) ? null : 'Nothing was restored.'
}

/** Where what was there is now; null: there was nothing. */
function swapped(stateDir: string): { kind: 'swapped'; aside: string | null } | Refusal {
  try {
    return { kind: 'swapped', aside: swapState(stateDir, systemClock.nowMs()) }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason'
    return refused(
      `The backup could not be put into ${stateDir} (${why}). Is something in there a mount of its own? Unmount that, then restore again.`,
    )
  }
}

function tellDone(swap: ReturnType<typeof swapped>, held: HeldBack, { print }: CommandWorld): Done {
  if (swap.kind === 'refused') return swap
  const { aside } = swap
  print('Restored. Start HWLab with npm start, and sign in anew with the link that it prints.')
  if (aside !== null) {
    print(`What was there is in ${aside}. To go back: npx hwlab restore ${aside}`)
    print('Delete that folder when you do not need it any more.')
  }
  const told: [string, number, string][] = [
    ['Writes that waited', held.writes, writesWords],
    [
      'Requests that waited for you',
      held.requests,
      'They have ended. Ask again for what was not done since.',
    ],
    ['Labels that waited', held.labels, 'HWLab asks whether they came out since.'],
    ['Calls to other MCP servers that waited', held.calls, 'HWLab asks whether they happened since.'],
  ]
  for (const [what, count, words] of told) if (count > 0) print(`${what}: ${count}. ${words}`)
  return { kind: 'done' }
}

const writesWords =
  'They stand still under Saving. Retry looks first whether each was written since, and writes only what is missing.'
