import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const memory = '/dev/shm'
const roomBytes = 2_000_000_000
const prefix = 'hwlab-tests-'

/**
 * A folder in memory for what tests write, until this process ends: a database there syncs at once, and outlives the
 * programs that tests kill just the same. null where the system has no such room.
 */
export function openMemoryFolder(): string | null {
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize < roomBytes) return null
    for (const name of readdirSync(memory).filter((one) => one.startsWith(prefix)))
      if (!isAlive(Number(name.slice(prefix.length)))) remove(join(memory, name))
    const folder = join(memory, `${prefix}${process.pid}`)
    mkdirSync(folder, { recursive: true })
    process.once('exit', () => remove(folder))
    return folder
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
