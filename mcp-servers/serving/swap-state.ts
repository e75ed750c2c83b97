import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * Another state in the place of the one in a state folder, which may be a mount and so cannot itself be renamed. The plan
 * on disk is the one moment of decision: before it the old state is whole, after it whoever takes the folder finishes
 * the moves. `hwlab.db` goes first and comes last, so that nobody opens what is half-way.
 */

/** Where the new state is made ready; what lies there without a plan is rubbish. */
const nextName = 'restore.next'
const planName = 'restore.json'
const planPartName = 'restore.json.part'
const asidePrefix = 'before-restore-'
/** What belongs to the process that holds the folder, to a restore, or to the disk. */
const staysPattern = /^(owner\..*|restore\..*|before-restore-.*|lost\+found)$/

/** Of no state: neither moved with one nor copied into a backup. */
export function isBesideState(name: string): boolean {
  return staysPattern.test(name)
}

const planSchema = z.object({ aside: z.string(), old: z.array(z.string()), new: z.array(z.string()) })
type Plan = z.infer<typeof planSchema>

/** An empty folder for the new state, on the same disk. Only the holder of the folder calls it. */
export function beginNextState(folder: string): string {
  const next = join(folder, nextName)
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next, { mode: 0o700 })
  return next
}

/** Unless a swap that was decided still needs it. */
export function dropNextState(folder: string): void {
  if (isThere(join(folder, planName))) return
  for (const name of [nextName, planPartName]) rmSync(join(folder, name), { recursive: true, force: true })
}

/**
 * Puts what is in `restore.next` in the place of what is there, which goes into a folder of its own; null: there was
 * nothing. Throws when something cannot be moved (a mount within the folder); then all is as it was.
 */
export function swapState(folder: string, nowMs: number): string | null {
  const next = join(folder, nextName)
  flushAll(next)
  const old = readdirSync(folder).filter((name) => !isBesideState(name))
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const plan: Plan = {
    aside: freeName(folder, `${asidePrefix}${time}`),
    old: old.sort(databaseFirst),
    new: readdirSync(next).sort(databaseFirst).reverse(),
  }
  writePlan(folder, plan)
  try {
    finishSwap(folder)
  } catch (error) {
    takeBack(folder, plan)
    throw error
  }
  return old.length === 0 ? null : join(folder, plan.aside)
}

/** After a crash: a swap that was decided is finished, one that was not is forgotten. */
export function finishSwap(folder: string): void {
  const plan = readPlan(folder)
  if (plan) {
    const aside = join(folder, plan.aside)
    if (plan.old.length > 0) mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const name of plan.old) move(join(folder, name), join(aside, name))
    for (const name of plan.new) move(join(folder, nextName, name), join(folder, name))
    if (plan.old.length > 0) flush(aside)
    flush(folder)
    rmSync(join(folder, planName))
  }
  dropNextState(folder)
}

/** Each move that was made is undone, the last one first. */
function takeBack(folder: string, plan: Plan): void {
  for (const name of plan.new.toReversed()) move(join(folder, name), join(folder, nextName, name))
  for (const name of plan.old.toReversed()) move(join(folder, plan.aside, name), join(folder, name))
  rmSync(join(folder, planName))
  rmSync(join(folder, plan.aside), { recursive: true, force: true })
  dropNextState(folder)
}

/** Once: what is there already was moved before the crash. */
function move(from: string, to: string): void {
  if (isThere(from) && !isThere(to)) renameSync(from, to)
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** `hwlab.db`, then its log, then the rest. */
function databaseFirst(one: string, other: string): number {
  const rank = (name: string) => (name === 'hwlab.db' ? 0 : name.startsWith('hwlab.db') ? 1 : 2)
  return rank(one) - rank(other) || one.localeCompare(other)
}

function freeName(folder: string, name: string): string {
  for (let again = 1; ; again += 1) {
    const free = again === 1 ? name : `${name}-${again}`
    if (!isThere(join(folder, free))) return free
  }
}

function readPlan(folder: string): Plan | null {
  const path = join(folder, planName)
  return isThere(path) ? planSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null
}

function writePlan(folder: string, plan: Plan): void {
  const part = join(folder, planPartName)
  rmSync(part, { force: true })
  const file = openSync(part, 'wx', 0o600)
  try {
    writeSync(file, JSON.stringify(plan))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(part, join(folder, planName))
  flush(folder)
}

/** Bytes and names are on the disk before anything relies on them. */
function flushAll(path: string): void {
  if (lstatSync(path).isSymbolicLink()) return
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) flushAll(join(path, name))
  flush(path)
}

function flush(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
