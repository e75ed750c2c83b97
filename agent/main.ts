import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAudit } from '../mcp-servers/approval/audit.ts'
import { labTables, openLab } from '../mcp-servers/lab.ts'
import { systemClock } from '../mcp-servers/serving/clock.ts'
import { openDatabase, sentenceFor } from '../mcp-servers/serving/database.ts'
import { diskTrouble } from '../mcp-servers/serving/disk-trouble.ts'
import { type Owner, openStateFolder } from '../mcp-servers/serving/state-folder.ts'
import type { ToolServer } from '../mcp-servers/serving/tool-server.ts'
import { type AgentConfig, readConfig } from './config.ts'
import { type Logger, openLog } from './log.ts'
import { openProviders } from './models/open-providers.ts'
import { scrubber } from './secrets.ts'
import { openSessionReader, startApp } from './start-app.ts'
import { agentMigrations } from './store/migrations-owner.ts'
import { isLoopback, ownHostNames } from './web/request-origin.ts'

/** OP-2: everything is parked and closed in less than this, or the process ends anyway. */
const closeWithinMs = 4500

export interface RunningHwlab {
  url: string
  signInUrl: string
  servers: ToolServer[]
  close(): Promise<void>
}

export type Started =
  | { kind: 'running'; hwlab: RunningHwlab }
  /** Another process has the state folder; `null` while it is still starting. */
  | { kind: 'owned'; owner: Owner | null }
  | { kind: 'refused'; why: string }

/** Puts everything together and listens. Throws when the port is taken or the state folder cannot be used. */
export async function startHwlab(config: AgentConfig, log: Logger): Promise<Started> {
  const opened = await openStateFolder(config.stateDir)
  if (opened.kind !== 'owner') return opened
  const { folder } = opened
  try {
    const database = openDatabase(folder.databasePath, [...labTables, agentMigrations])
    const clock = systemClock
    const readSession = openSessionReader(database, clock)
    let publicUrl = `http://127.0.0.1:${config.port}`
    const lab = await openLab({
      ...{ database, clock, folder, readOnly: config.readOnly, netbox: config.netbox },
      searxngUrl: config.searxngUrl,
      others: othersOf(config),
      publicUrl: () => publicUrl,
      hostNames: ownHostNames(config.host),
      session: (request) => readSession(request.headers.get('cookie')),
      onFault: ({ tool, cause }) => log.error({ err: cause, tool }, 'a server failed'),
    })
    const providers = openProviders({ file: config.modelsFile, clock, secrets: config.secrets })
    const app = await startApp({
      ...{ database, clock, log, lab, host: config.host, port: config.port, readOnly: config.readOnly },
      version: version(),
      providers,
      audit: openAudit(database, clock).append,
    })
    publicUrl = app.url
    await lab.start()
    folder.announce(app.url)
    return {
      kind: 'running',
      hwlab: {
        url: app.url,
        signInUrl: app.signInUrl,
        servers: lab.servers,
        async close() {
          providers.close()
          await app.close()
          await lab.close()
          database.pragma('wal_checkpoint(TRUNCATE)')
          database.close()
          folder.close()
        },
      },
    }
  } catch (error) {
    folder.close()
    throw error
  }
}

/** MCP servers of others stand in the state folder, like everything that a person sets there. */
export function othersOf({ stateDir, modelsFile, secrets }: AgentConfig) {
  const file = { path: join(stateDir, 'mcp.json'), readVariable: modelsFile.readKey, secrets }
  return { file, version: version(), conceal: scrubber(secrets) }
}

/** Ends the process in order on SIGTERM and SIGINT, and at once when something is broken beyond repair. */
export function closeOnSignals(hwlab: Pick<RunningHwlab, 'close'>, log: Logger): void {
  let isClosing = false
  const close = (why: string) => {
    if (isClosing) return
    isClosing = true
    log.info({ why }, 'closing')
    setTimeout(() => process.exit(1), closeWithinMs).unref()
    hwlab.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => close('SIGTERM'))
  process.on('SIGINT', () => close('SIGINT'))
  process.on('uncaughtException', (error) => {
    const disk = diskTrouble(error)
    if (disk !== null) {
      // SQLite has rolled back what was on its way: nothing is half-written, and there may be room again soon.
      log.error({ err: error }, disk)
      return
    }
    log.fatal({ err: error }, 'HWLab has a bug and ends; what was saved is safe')
    process.exit(1)
  })
}

export function version(): string {
  const found = /"version": "([^"]+)"/.exec(
    readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
  )
  return found?.[1] ?? 'unknown'
}

/** Every word of a refused start, one sentence a line. */
function refuse(sentences: string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const read = readConfig()
  if (read.kind === 'refused') refuse(read.whys)
  const { config } = read
  const log = openLog({ level: config.logLevel, secrets: config.secrets })
  const started = await startHwlab(config, log).catch((error: unknown) => {
    const told = sentenceFor(error, config.stateDir)
    const isForeseen = told instanceof Error && told.constructor === Error
    log[isForeseen ? 'debug' : 'error']({ err: error }, 'HWLab could not start')
    return refuse([told instanceof Error ? told.message : 'HWLab could not start.'])
  })
  if (started.kind === 'refused') refuse([started.why])
  if (started.kind === 'owned') {
    const where = started.owner ? ` at ${started.owner.url}` : ''
    refuse([
      `HWLab already runs${where} with ${config.stateDir}. Open it there: npx hwlab token create --sign-in prints a link.`,
    ])
  }
  closeOnSignals(started.hwlab, log)
  if (!isLoopback(config.host)) {
    log.warn(
      { host: config.host },
      'HWLab listens beyond this machine. Everybody there can reach it; sign-in is still needed.',
    )
  }
  process.stdout.write(`HWLab is ready: ${started.hwlab.signInUrl}\n`)
}

if (import.meta.main) await main()
