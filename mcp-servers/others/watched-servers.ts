import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { canonicalJson } from '../approval/digest.ts'
import { type ForeignServer, openForeignServer, type ServerSeams } from './foreign-server.ts'
import { clockTime } from './others-view.ts'
import { readServersFile, type ServerEntry, type ServersFileSetting } from './servers-file.ts'

/** An editor writes a file in several steps. */
const settleMs = 100

export interface FileView {
  words: string
  tone: 'good' | 'bad' | 'muted'
  fix: string | null
}

/** The servers of the file: what is added is connected, what changed is connected anew, what is gone is closed. */
export interface WatchedServers {
  all(): readonly ForeignServer[]
  entries(): readonly ServerEntry[]
  file(): FileView
  /** Reads the file now. */
  reload(): void
  watch(): void
  close(): Promise<void>
}

export function openWatchedServers(setting: ServersFileSetting, seams: ServerSeams): WatchedServers {
  const servers = new Map<string, ForeignServer>()
  const closing = new Set<Promise<void>>()
  let entries: readonly ServerEntry[] = []
  let view: FileView = { words: 'Not there', tone: 'muted', fix: null }
  let watcher: FSWatcher | null = null
  let cancel = () => {}

  function close(server: ForeignServer): void {
    servers.delete(server.name)
    const closed = server.close()
    closing.add(closed)
    void closed.finally(() => closing.delete(closed))
  }

  function takeOver(wanted: readonly ServerEntry[]): void {
    entries = wanted
    const good = new Map(
      wanted.flatMap((entry) => (entry.kind === 'good' ? [[entry.name, entry.address]] : [])),
    )
    for (const server of [...servers.values()]) {
      const address = good.get(server.name)
      if (!address || canonicalJson(address) !== canonicalJson(server.address)) close(server)
    }
    for (const [name, address] of good)
      if (!servers.has(name)) servers.set(name, openForeignServer(name, address, seams))
  }

  function reload(): void {
    const read = readServersFile(setting)
    const at = clockTime(seams.clock.nowMs())
    if (read.kind === 'wrong') {
      const stays = servers.size > 0 ? ' Until then the last good one stays in effect.' : ''
      view = { words: `Wrong since ${at}`, tone: 'bad', fix: `${read.why}${stays}` }
    } else {
      const wanted = read.kind === 'entries' ? read.entries : []
      takeOver(wanted)
      view =
        read.kind === 'absent'
          ? { words: 'Not there', tone: 'muted', fix: null }
          : { words: `Read at ${at}, ${counted(wanted.length)}`, tone: 'good', fix: null }
    }
    seams.onChange()
  }

  return {
    all: () => [...servers.values()],
    entries: () => entries,
    file: () => view,
    reload,
    watch() {
      const name = basename(setting.path)
      watcher = watchFolder(dirname(setting.path), (changed) => {
        if (changed !== null && changed !== name) return
        cancel()
        cancel = seams.clock.after(settleMs, reload)
      })
    },
    async close() {
      cancel()
      watcher?.close()
      for (const server of [...servers.values()]) close(server)
      await Promise.all(closing)
    },
  }
}

function counted(servers: number): string {
  return servers === 1 ? '1 server' : `${servers} servers`
}

/** The folder, since editors put a new file in the place of the old one. */
function watchFolder(folder: string, onChange: (name: string | null) => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, (_, name) => onChange(name)).on('error', () => {})
  } catch {
    return null
  }
}
