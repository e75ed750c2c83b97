import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { TableSize } from '../memory/read-table-sizes.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import type { Spend } from '../spend/open-spend.ts'
import { driftReport } from './drift-report.ts'
import { openMetrics, readinessAnswer } from './health.ts'
import { labelSheet } from './label-sheet.ts'
import { contentRules, pageRules, plainPage } from './pages.ts'
import { recordingFile } from './recording-file.ts'
import { isLoopback, strangeHost, strangePage } from './request-origin.ts'
import { endedSessionCookie, type ReadSession, sessionCookie } from './session-cookie.ts'
import { spendLedger } from './spend-ledger.ts'
import { staticFile } from './static-files.ts'
import { takeUpload } from './uploads.ts'

export type Readiness = { kind: 'ready' } | { kind: 'not-ready'; why: string }

export interface AppDeps {
  desk: OperatorDesk
  spend: Pick<Spend, 'exported'>
  hostNames: string[]
  isHttps: boolean
  /** The built ui; pages say how to build it when it is missing. */
  uiFolder: string
  readSession: ReadSession
  /** Exchanges a one-time token for a new session id, or null. */
  signIn(token: string): string | null
  signOut(sessionId: string): void
  onStored(photo: { attachmentId: string; name: string }): void
  readiness(): Readiness
  sockets(): number
  tableSizes(): readonly TableSize[]
  salvagedCalls(): number
  onError(error: unknown): void
}

type App = Hono<{ Variables: { operator: string } }>

/** Everything under `/` that is a page, a picture or a health answer. Routes of `/c` and `/mcp` check for themselves. */
export function openApp(deps: AppDeps): { app: App; close(): void } {
  const app: App = new Hono()
  const metrics = openMetrics(deps.desk, deps.sockets, deps.tableSizes, deps.salvagedCalls)
  app.onError((error) => {
    deps.onError(error)
    const excuse = deps.desk.excuseFor(error)
    return plainPage(500, excuse ?? 'Something went wrong in HWLab. Try again; the log says more.')
  })
  app.notFound(() => plainPage(404, 'There is nothing here. Go back to HWLab.'))
  app.use(async (context, next) => {
    const request = originOf(context)
    const why =
      strangeHost(request, deps.hostNames) ?? (isChanging(context.req.method) ? strangePage(request) : null)
    if (why) return plainPage(403, why)
    await next()
    context.res.headers.set('x-content-type-options', 'nosniff')
    context.res.headers.set('referrer-policy', 'no-referrer')
    context.res.headers.set('cross-origin-opener-policy', 'same-origin')
    context.res.headers.set('cross-origin-resource-policy', 'same-origin')
  })
  app.get('/livez', () => new Response('ok\n'))
  app.get('/readyz', () => readinessAnswer(deps.readiness()))
  app.get('/metrics', (context) =>
    isLocal(context) || deps.readSession(context.req.header('cookie'))
      ? metrics.answer()
      : plainPage(401, 'Metrics are for this machine, or for somebody who is signed in.'),
  )
  signInRoutes(app, deps)
  app.use(async (context, next) => {
    const session = deps.readSession(context.req.header('cookie'))
    if (session) {
      context.set('operator', session.operator)
      return next()
    }
    const asset = context.req.method === 'GET' ? await staticFile(deps.uiFolder, context.req.path) : null
    if (asset && !isPage(asset)) return asset
    if (context.req.method === 'GET' && context.req.header('accept')?.includes('text/html'))
      return context.redirect(signInAddress(new URL(context.req.url)))
    return plainPage(401, 'You are signed out. Open a new sign-in link: npx hwlab token create --sign-in')
  })
  signedInRoutes(app, deps)
  return { app, close: metrics.close }
}

/** A scanned label goes on to its record after signing in. */
function signInAddress({ pathname, search }: URL): string {
  return pathname === '/' && search === ''
    ? '/sign-in'
    : `/sign-in?next=${encodeURIComponent(pathname + search)}`
}

function signInRoutes(app: App, deps: AppDeps): void {
  const tokenSchema = z.object({ token: z.string().max(200) })
  const tries = new Map<string, { count: number; untilMs: number }>()

  app.get('/sign-in', () => page(deps.uiFolder, 'sign-in.html'))
  app.post('/sign-in', async (context) => {
    if (!context.req.header('content-type')?.startsWith('application/json'))
      return plainPage(415, 'Send the token as JSON.')
    const peer = peerOf(context)
    if (!mayTry(tries, peer))
      return plainPage(429, 'Too many tries. Wait a minute, then open the link again.')
    const body = tokenSchema.safeParse(await context.req.json().catch(() => null))
    const sessionId = body.success ? deps.signIn(body.data.token) : null
    if (!sessionId) return plainPage(401, 'This link was used already, or it is too old.')
    context.header('set-cookie', sessionCookie(sessionId, deps.isHttps))
    return context.json({ kind: 'signed-in' })
  })
  app.post('/sign-out', (context) => {
    const session = deps.readSession(context.req.header('cookie'))
    if (session) deps.signOut(session.sessionId)
    context.header('set-cookie', endedSessionCookie)
    return context.json({ kind: 'signed-out' })
  })
}

const triesMax = 20
const triesWindowMs = 60_000

function mayTry(tries: Map<string, { count: number; untilMs: number }>, peer: string): boolean {
  const nowMs = Date.now()
  const current = tries.get(peer)
  if (!current || current.untilMs < nowMs) {
    if (tries.size > 1000) tries.clear()
    tries.set(peer, { count: 1, untilMs: nowMs + triesWindowMs })
    return true
  }
  current.count += 1
  return current.count <= triesMax
}

const cropSchema = z.object({
  left: z.coerce.number().min(0).max(100_000),
  top: z.coerce.number().min(0).max(100_000),
  width: z.coerce.number().min(1).max(100_000),
  height: z.coerce.number().min(1).max(100_000),
})

function signedInRoutes(app: App, deps: AppDeps): void {
  const { desk } = deps
  app.post('/uploads', async (context) => {
    const { status, answer } = await takeUpload(context.req.raw, desk, deps.onStored)
    return context.json(answer, status)
  })
  app.get('/attachments/:id', async (context) => {
    const photo = await desk.photo(context.req.param('id'), null)
    return photo ? picture(photo) : plainPage(404, 'This photo is not there any more.')
  })
  app.get('/attachments/:id/crop', async (context) => {
    const crop = cropSchema.safeParse(context.req.query())
    if (!crop.success) return plainPage(400, 'A crop needs left, top, width and height in pixels.')
    const photo = await desk.photo(context.req.param('id'), crop.data)
    return photo ? picture(photo) : plainPage(404, 'This photo is not there any more.')
  })
  app.get('/labels/items/:file{.+\\.svg}', async (context) => {
    const svg = await desk.labelSvg(context.req.param('file').slice(0, -'.svg'.length))
    if (!svg) return plainPage(404, 'No label can be drawn for this item yet.')
    const headers = { 'content-type': 'image/svg+xml', 'cache-control': 'no-store', ...contentRules }
    return new Response(svg, { headers })
  })
  app.get('/drift/netbox-changes.csv', () => driftReport(desk, 'csv'))
  app.get('/drift/netbox-changes.md', () => driftReport(desk, 'md'))
  app.get(
    '/queue/export.json',
    () =>
      new Response(desk.exportedQueue(), {
        headers: {
          'content-type': 'application/json',
          'content-disposition': 'attachment; filename="hwlab-queue.json"',
          'cache-control': 'no-store',
        },
      }),
  )
  app.get('/meter/recordings/:file{.+\\.(?:csv|txt)}', (context) =>
    recordingFile(desk, context.req.param('file')),
  )
  app.get('/spend/ledger.csv', () => spendLedger(deps.spend, 'csv'))
  app.get('/spend/ledger.json', () => spendLedger(deps.spend, 'json'))
  app.get('/labels/sheet.pdf', (context) => labelSheet(desk, context.req.query()))
  app.get('/labels/jobs/:id', async (context) => {
    const file = desk.printedFile(context.req.param('id'))
    if (!file || !existsSync(file.path)) return plainPage(404, 'This label file is not there any more.')
    const headers = { 'content-type': file.mediaType, 'cache-control': 'no-store', ...contentRules }
    return new Response(new Uint8Array(await readFile(file.path)), { headers })
  })
  app.get('/a/:tag', async (context) => {
    const tag = context.req.param('tag')
    const leads = await desk.resolveTag(tag)
    if (leads.kind === 'not-a-tag')
      return plainPage(404, 'This is not a tag of HWLab. Tags look like HW-00001.')
    if (leads.kind === 'record') {
      const here = `/?tag=${encodeURIComponent(tag)}`
      return context.redirect(isElsewhere(leads.url, context.req.url) ? leads.url : here)
    }
    if (leads.kind === 'item') return context.redirect(`/?item=${encodeURIComponent(leads.itemId)}`)
    return page(deps.uiFolder, 'index.html')
  })
  app.get('/', () => page(deps.uiFolder, 'index.html'))
  app.get('/*', async (context) => {
    const file = await staticFile(deps.uiFolder, context.req.path)
    return file ?? plainPage(404, 'There is nothing here. Go back to HWLab.')
  })
}

/** The embedded inventory's records live at the very address of their label: those open in the ui. */
function isElsewhere(url: string, here: string): boolean {
  const target = URL.parse(url)
  return target?.protocol.startsWith('http') === true && target.host !== new URL(here).host
}

async function page(folder: string, name: string): Promise<Response> {
  const file = await staticFile(folder, `/${name}`)
  if (!file) {
    const where = join('ui', 'dist')
    return plainPage(503, `The pages are not built yet (${where} is missing). Start HWLab with npm start.`)
  }
  for (const [header, value] of Object.entries(pageRules)) file.headers.set(header, value)
  return file
}

function picture(photo: { bytes: Uint8Array; mediaType: string }): Response {
  const headers = {
    'content-type': photo.mediaType,
    'cache-control': 'private, max-age=86400',
    ...contentRules,
  }
  return new Response(new Uint8Array(photo.bytes), { headers })
}

function isPage(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false
}

function isChanging(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function originOf(context: Context) {
  return {
    host: context.req.header('host'),
    origin: context.req.header('origin'),
    fetchSite: context.req.header('sec-fetch-site'),
  }
}

function peerOf(context: Context): string {
  return getConnInfo(context).remote.address ?? 'unknown'
}

function isLocal(context: Context): boolean {
  const peer = peerOf(context)
  return isLoopback(peer.replace(/^::ffff:/, ''))
}
