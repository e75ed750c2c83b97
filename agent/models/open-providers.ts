import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Clock } from '../clock.ts'
import type { ModelsFileSetting } from '../config.ts'
import type { ConnectionView } from '../protocol/connections.ts'
import { knownServers, type ModelServer } from './providers.ts'
import { readProvidersFile } from './providers-file.ts'

/** An editor writes a file in several steps. */
const settleMs = 100

export interface ProvidersDeps {
  file: ModelsFileSetting
  clock: Clock
  /** Keys that are read join it. */
  secrets: string[]
}

/** The model servers as the providers file and the environment name them, with what is found on this machine. */
export interface Providers {
  servers(): ModelServer[]
  /** Whether the file is in effect; null: there is none. */
  view(): ConnectionView | null
  /** Reads the file and the keys now. */
  reload(): void
  /** Called when another list is in effect, or when the file became wrong. */
  watch(listener: () => void): void
  close(): void
}

/** Follows the file: a good one is in effect at once, a wrong one is told and leaves the last good one in effect. */
export function openProviders(deps: ProvidersDeps): Providers {
  const { file, clock, secrets } = deps
  const name = basename(file.path)
  let named: ModelServer[] = []
  let openRouterKey: string | null = null
  let view: ConnectionView | null = null
  let cancel = () => {}
  let listener = () => {}

  function reload(): void {
    const read = readProvidersFile(file)
    if (read.kind !== 'wrong') named = read.kind === 'rows' ? read.servers : []
    const found = file.readKey('OPENROUTER_API_KEY')
    openRouterKey = found.kind === 'key' ? found.key : null
    for (const key of [openRouterKey, ...named.map(({ apiKey }) => apiKey)])
      if (key !== null && !secrets.includes(key)) secrets.push(key)
    const at = clockTime(clock.nowMs())
    if (read.kind === 'absent') view = null
    else if (read.kind === 'rows') {
      const stateWords = `Read at ${at}, ${counted(named.length)}`
      view = { name, stateWords, tone: 'good', fix: watcher ? null : notWatched }
    } else {
      const stays =
        named.length > 0 ? ` Until then the last good one stays in effect, ${counted(named.length)}.` : ''
      view = { name, stateWords: `Wrong since ${at}`, tone: 'bad', fix: `${read.why}${stays}` }
    }
  }
  function soon(): void {
    cancel()
    cancel = clock.after(settleMs, () => {
      reload()
      listener()
    })
  }
  const watcher = watchFolder(dirname(file.path), (changed) => {
    if (changed === null || changed === name) soon()
  })
  reload()
  return {
    servers: () => knownServers(named, openRouterKey),
    view: () => view,
    reload,
    watch(to) {
      listener = to
    },
    close() {
      cancel()
      watcher?.close()
    },
  }
}

const notWatched = 'Changes are not noticed by themselves here: press “Check again” after one.'

function counted(rows: number): string {
  return rows === 1 ? '1 server' : `${rows} servers`
}

/** Of the operator's clock: this machine's. */
function clockTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}

/** The folder, since editors put a new file in the place of the old one. */
function watchFolder(folder: string, onChange: (name: string | null) => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, (_, name) => onChange(name)).on('error', () => {})
  } catch {
    return null
  }
}
