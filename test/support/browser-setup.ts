import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { type BrowserProgram, unpackBrowser } from './browser-program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    browser: BrowserProgram
    /** The ui, built from the sources as they are. */
    uiFolder: string
  }
}

/** Once for all tests with a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const uiFolder = await mkdtemp(join(tmpdir(), 'hwlab-ui-'))
  await build({ logLevel: 'silent', build: { outDir: uiFolder, emptyOutDir: true } })
  project.provide('uiFolder', uiFolder)
  project.provide('browser', await unpackBrowser())
  return () => rm(uiFolder, { recursive: true })
}
