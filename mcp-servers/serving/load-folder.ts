import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The folder is the registry: the default export of every `.ts` file in it, in the order of file names. The check says
 * whether an export is what the folder holds; one that is not ends the start, because a wrong file is a bug.
 */
export async function loadFolder<Entry>(
  folder: string,
  isEntry: (candidate: unknown, fileStem: string) => candidate is Entry,
): Promise<Entry[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort()
  return Promise.all(
    files.map(async (file) => {
      const module: { default?: unknown } = await import(pathToFileURL(join(folder, file)).href)
      const stem = basename(file, '.ts')
      if (!isEntry(module.default, stem))
        throw new Error(`${folder}/${file} does not export what this folder holds`)
      return module.default
    }),
  )
}
