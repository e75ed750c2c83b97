import { Hono } from 'hono'
import { approvalMigrations, openApprovals } from './approval/approvals.ts'
import { confirmPage, type PageSession } from './approval/confirm-page.ts'
import { type Desk, openDesk } from './desk.ts'
import { devicesTables } from './devices/devices-tables.ts'
import { type DevicesDeps, type DevicesServer, openDevicesServer } from './devices/main.ts'
import { openNetboxServer } from './netbox/main.ts'
import { netboxTables } from './netbox/netbox-tables.ts'
import { othersMigrations } from './others/foreign-calls.ts'
import { type OthersDeps, type OthersServer, openOthersServer } from './others/main.ts'
import { openSearxngServer } from './searxng/main.ts'
import { type AccessTokens, openAccessTokens, servingMigrations } from './serving/access-tokens.ts'
import type { Clock } from './serving/clock.ts'
import type { LabDatabase, MigrationsOwner } from './serving/database.ts'
import { mcpRoutes } from './serving/http-guard.ts'
import type { Fault } from './serving/open-call.ts'
import type { StateFolder } from './serving/state-folder.ts'
import type { ToolServer } from './serving/tool-server.ts'
import { openShellDesk, type ShellDesk } from './shell/shell-desk.ts'
import { shellRoutes } from './shell/shell-routes.ts'

export interface LabDeps {
  /** Opened with `labTables`, at least. */
  database: LabDatabase
  clock: Clock
  folder: Pick<StateFolder, 'path' | 'stateKey' | 'internalToken'>
  readOnly: boolean
  netbox: { url: string; token: string; tokenFile?: string | null; caFile: string | null } | null
  searxngUrl: string | null
  /** MCP servers that somebody else runs; left out: none. */
  others?: Pick<OthersDeps, 'file' | 'version' | 'conceal'>
  /** Where people reach HWLab, without a slash at the end; asked late, because the port may be any free one. */
  publicUrl(): string
  /** Host names under which HWLab may be called, besides the loopback ones. */
  hostNames: readonly string[]
  session(request: Request): PageSession | null
  onFault(fault: Fault): void
  /** Instead of what is plugged into this machine and its print queues. */
  bench?: NonNullable<DevicesDeps['world']>
}

export interface Lab {
  servers: ToolServer[]
  /** Not under `/mcp`: other programs can connect those servers themselves. */
  others: OthersServer | null
  desk: Desk
  shell: ShellDesk
  tokens: AccessTokens
  /** `/c/<id>` and `/mcp/<server>`. */
  routes: Hono
  /** Takes up what was left undone, then begins to work. Once, when everything listens. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Every table of the servers. */
export const labTables: MigrationsOwner[] = [
  servingMigrations,
  approvalMigrations,
  ...netboxTables,
  ...devicesTables,
  othersMigrations,
]

/** The three servers over one database and one approval core; what one must know of another is handed in here. */
export async function openLab(deps: LabDeps): Promise<Lab> {
  const { database, clock, folder, readOnly, publicUrl, onFault } = deps
  const approvals = openApprovals({
    database,
    clock,
    onFault: (cause, during) => onFault({ tool: during, cause }),
  })
  const confirmUrl = (changeId: string) => `${publicUrl()}/c/${changeId}`
  const serving = { readOnly, confirmUrl, stateKey: folder.stateKey, onFault }
  const printers = lateBound<DevicesServer['printers']>()
  const netbox = await openNetboxServer({
    ...{ database, clock, approvals, publicUrl, netbox: deps.netbox, stateDir: folder.path },
    printers: () =>
      printers
        .get()()
        .map(({ id, name }) => ({ id, name })),
    ...serving,
  })
  const devices = await openDevicesServer({
    ...{ database, clock, approvals, serving, stateDir: folder.path, printers: [] },
    ...(deps.bench ? { world: deps.bench } : {}),
    record: netbox.intake.record,
    tagOf: (itemId) => netbox.intake.labelFacts(itemId)?.tag ?? null,
  })
  printers.set(devices.printers)
  const searxng = await openSearxngServer({
    url: deps.searxngUrl,
    fetch: globalThis.fetch,
    serving: { ...serving, clock, approvals },
  })
  const others = deps.others
    ? openOthersServer({ ...deps.others, database, clock, approvals, ...serving })
    : null
  const servers = [netbox.server, devices.server, searxng]
  const tokens = openAccessTokens(database, clock)
  const routes = new Hono()
  routes.route(
    '/',
    confirmPage({
      ...{ approvals, clock, key: folder.stateKey, hostNames: deps.hostNames, session: deps.session },
      signInUrl: (returnTo) => `/sign-in?next=${encodeURIComponent(returnTo)}`,
    }),
  )
  const internalToken = folder.internalToken
  routes.route('/', mcpRoutes({ servers, tokens, internalToken, hostNames: deps.hostNames }))
  const shell = openShellDesk({ approvals, netbox })
  routes.route('/', shellRoutes({ shell, internalToken, hostNames: deps.hostNames }))
  return {
    servers,
    others,
    tokens,
    routes,
    shell,
    desk: openDesk({ approvals, netbox, devices, searxng, others }),
    async start() {
      await approvals.resume()
      netbox.start()
      others?.start()
    },
    async close() {
      approvals.close()
      await others?.close()
      await devices.close()
      await netbox.close()
      await searxng.close()
    },
  }
}

/** For two parts that know each other: the second is set before the first asks. */
function lateBound<Value>(): { get(): Value; set(value: Value): void } {
  let holder: { value: Value } | null = null
  return {
    get() {
      if (!holder) throw new Error('The lab is asked before it is open')
      return holder.value
    },
    set(value) {
      holder = { value }
    },
  }
}
