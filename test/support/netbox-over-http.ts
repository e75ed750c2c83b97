import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import { openEmbeddedNetbox } from '../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { type Release, release } from '../../mcp-servers/netbox/embedded/release.ts'
import { netboxTables } from '../../mcp-servers/netbox/netbox-tables.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'

/** What a token may do: NetBox's actions by object type, such as `dcim/devices`. null: everything. */
export interface Rights {
  writeEnabled: boolean
  may(action: 'view' | 'add' | 'change' | 'delete', endpoint: string): boolean
}

export interface NetboxOverHttp {
  url: string
  token: string
  /** "POST /api/dcim/devices/", in order. */
  requests: string[]
  /** From now on; null: everything is allowed. */
  limit(rights: Rights | null): void
  /** Told before a request is carried out; what it answers goes out instead. */
  before: (request: Request) => Promise<Response | null> | Response | null
  /** Requests that are being carried out. */
  busy(): number
  /** Straight into it, without counting. */
  inside: Fetch
  rows(path: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

const token = 'nbt_hwlabtestkey.0123456789abcdef0123456789abcdef01234567'
const denied = { detail: 'You do not have permission to perform this action.' }
const actions = { GET: 'view', POST: 'add', PUT: 'change', PATCH: 'change', DELETE: 'delete' } as const

/** The embedded inventory as a NetBox of its own on loopback, with the rights of a token in front of it. */
export async function openNetboxOverHttp(as: Release = release('4.6.8')): Promise<NetboxOverHttp> {
  const database = openDatabase(':memory:', netboxTables)
  const embedded = openEmbeddedNetbox({ database, nowMs: () => Date.now(), release: as })
  const requests: string[] = []
  let rights: Rights | null = null
  let busy = 0

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    requests.push(`${request.method} ${pathname}`)
    if (request.headers.get('authorization') !== `Bearer ${token}`)
      return Response.json({ detail: 'Invalid v2 token' }, { status: 403 })
    const instead = await netbox.before(request.clone())
    if (instead) return instead
    if (pathname === '/api/users/tokens/') return ownToken(rights?.writeEnabled ?? true)
    const endpoint = /^\/api\/((?:plugins\/)?[a-z]+\/[a-z-]+)\//.exec(pathname)?.[1]
    return endpoint === undefined || rights === null ? embedded(request) : limited(request, endpoint, rights)
  }

  async function limited(request: Request, endpoint: string, { may, writeEnabled }: Rights) {
    const mayDo = (method: 'POST' | 'PUT') => writeEnabled && may(actions[method], endpoint)
    if (request.method === 'OPTIONS') {
      const methods = (['POST', 'PUT'] as const).filter(mayDo)
      return Response.json({
        name: endpoint,
        ...(methods.length > 0 ? { actions: Object.fromEntries(methods.map((method) => [method, {}])) } : {}),
      })
    }
    const action = Object.entries(actions).find(([method]) => method === request.method)?.[1]
    const isAllowed = action === undefined || ((action === 'view' || writeEnabled) && may(action, endpoint))
    return isAllowed ? embedded(request) : Response.json(denied, { status: 403 })
  }

  const server = createServer(
    getRequestListener(async (request) => {
      const { method, headers, url } = request
      const hasBody = method === 'POST' || method === 'PATCH'
      const body = hasBody ? await request.arrayBuffer() : null
      busy += 1
      try {
        return await answer(new Request(url, { method, headers, body }))
      } finally {
        busy -= 1
      }
    }),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const netbox: NetboxOverHttp = {
    url: `http://127.0.0.1:${port}`,
    token,
    requests,
    limit(next) {
      rights = next
    },
    before: () => null,
    busy: () => busy,
    inside: embedded,
    async rows(path) {
      const listed = await embedded(new Request(`http://netbox.test/api/${path}`))
      const body: { results?: Record<string, unknown>[] } = await listed.json()
      return body.results ?? []
    },
    async close() {
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      await closed
      database.close()
    },
  }
  return netbox
}

function ownToken(writeEnabled: boolean): Response {
  const own = {
    id: 1,
    display: 'hwlabtestkey',
    key: 'hwlabtestkey',
    version: 2,
    write_enabled: writeEnabled,
    expires: null,
    user: { id: 1, display: 'hwlab' },
  }
  return Response.json({ count: 1, next: null, previous: null, results: [own] })
}
