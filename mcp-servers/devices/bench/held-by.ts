import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Programs other than this one that have the node open, as far as Linux lets us look ("screen (process 4711)"). Empty: none
 * that may be seen. `root` is `/proc`.
 */
export async function programsHolding(path: string, root = '/proc'): Promise<string[]> {
  const processes = (await namesIn(root)).filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
  const holders = await Promise.all(
    processes.map(async (id) => ((await holds(join(root, id, 'fd'), path)) ? [await nameOf(root, id)] : [])),
  )
  return holders.flat()
}

async function holds(folder: string, path: string): Promise<boolean> {
  for (const name of await namesIn(folder)) if ((await linkOf(join(folder, name))) === path) return true
  return false
}

async function nameOf(root: string, id: string): Promise<string> {
  try {
    return `${(await readFile(join(root, id, 'comm'), 'utf8')).trim()} (process ${id})`
  } catch {
    return `process ${id}`
  }
}

/** What may not be looked at, or is gone, holds nothing that we could name. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}

async function linkOf(path: string): Promise<string | null> {
  try {
    return await readlink(path)
  } catch {
    return null
  }
}
