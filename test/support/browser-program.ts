import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sparticuz, { inflate } from '@sparticuz/chromium'

export type BrowserProgram =
  | { kind: 'installed' }
  | { kind: 'unpacked'; path: string; environment: Record<string, string> }

const packageFile = findPackageJSON('@sparticuz/chromium', import.meta.url)
if (packageFile === undefined) throw new Error('@sparticuz/chromium is not installed')
/** Vitest's own loader knows no `import.meta.resolve`. */
const librariesArchive = join(dirname(packageFile), 'bin', 'al2023.tar.br')

/** On Linux x64 the Chromium inside an npm package, elsewhere the installed Chrome. */
export async function unpackBrowser(): Promise<BrowserProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { kind: 'installed' }
  const path = await sparticuz.executablePath()
  return { kind: 'unpacked', path, environment: await systemLibraries(path) }
}

/** A slim Debian lacks NSS and Expat; the package brings builds of them that are used only then. */
async function systemLibraries(executablePath: string): Promise<Record<string, string>> {
  const linked = execFileSync('ldd', [executablePath], { encoding: 'utf8' })
  const fonts = { FONTCONFIG_PATH: join(tmpdir(), 'fonts') }
  if (!linked.includes('not found')) return fonts
  const folder = join(tmpdir(), 'al2023', 'lib')
  if (!existsSync(folder)) await inflate(librariesArchive)
  return { ...fonts, LD_LIBRARY_PATH: folder }
}
