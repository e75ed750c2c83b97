import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** JPEG files named by their SHA-256, so that one content is stored once and a half-written file has no name. */
export interface PhotoFiles {
  /** The file is on disk, under its final name, when this resolves. */
  write(sha256: string, bytes: Uint8Array): Promise<void>
  read(sha256: string): Promise<Uint8Array>
  /** Deletes what a crash left behind: temporary files and photos that no row names. Returns how many. */
  sweep(isKnown: (sha256: string) => boolean): number
}

export function openPhotoFiles(folder: string): PhotoFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pathOf = (sha256: string) => join(folder, `${sha256}.jpg`)
  return {
    async write(sha256, bytes) {
      if (existsSync(pathOf(sha256))) return
      const temporary = join(folder, `${sha256}.${randomUUID()}.part`)
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, pathOf(sha256))
      await syncFolder(folder)
    },
    read: (sha256) => readFile(pathOf(sha256)),
    sweep(isKnown) {
      const left = readdirSync(folder).filter((name) => {
        const sha256 = /^([0-9a-f]{64})\.jpg$/.exec(name)?.[1]
        return sha256 === undefined ? name.endsWith('.part') : !isKnown(sha256)
      })
      for (const name of left) rmSync(join(folder, name))
      return left.length
    },
  }
}

/** A rename survives a power cut only once its folder is on disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
