import { type Context, Hono } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import { z } from 'zod'
import type { Clock } from '../serving/clock.ts'
import { strangeOrigin } from '../serving/strange-origin.ts'
import type { Approvals } from './approvals.ts'
import type { ChangeRequest } from './change-request.ts'
import { changePage, knockPage, messagePage, pageStyleSource } from './confirm-page-html.ts'
import { checkPageNonce, pageNonce } from './page-nonce.ts'

/** A signed-in person. `sessionId` is secret to the browser session and binds the form to it. */
export interface PageSession {
  operator: string
  sessionId: string
}

export interface ConfirmPageDeps {
  approvals: Approvals
  clock: Clock
  /** At least 32 bytes; signs the forms. */
  key: Uint8Array
  /** Host names besides the loopback ones. */
  hostNames: readonly string[]
  /** Who is signed in, by the cookie of the request; never by a bearer token. */
  session(request: Request): PageSession | null | Promise<PageSession | null>
  /** Where to sign in and come back from, for example `/sign-in?next=%2Fc%2F01J…`. */
  signInUrl(returnTo: string): string
}

const formSchema = z.strictObject({
  decision: z.enum(['approve', 'decline']),
  digest: z.string().max(64),
  nonce: z.string().max(200),
  do: z.array(z.string().regex(/^\d{1,4}$/)),
})

/** `/c/<id>`: where a person decides what another program asked for. Works without scripts. */
export function confirmPage(deps: ConfirmPageDeps): Hono {
  const { approvals, clock, key } = deps
  const page = new Hono()

  page.use('/c/:id', async (context, next) => {
    if (context.req.header('authorization') !== undefined)
      return show(
        context,
        messagePage('Access tokens cannot decide. Open this page in your browser, signed in.'),
        403,
      )
    const strange = objection(context.req.raw, deps.hostNames)
    return strange === null ? next() : show(context, messagePage(strange), 403)
  })

  page.get('/c/:id', async (context) => {
    const session = await deps.session(context.req.raw)
    if (!session) return signIn(context, deps)
    const change = approvals.get(context.req.param('id'))
    return change ? draw(context, change, session) : unknown(context)
  })

  page.post('/c/:id', async (context) => {
    const session = await deps.session(context.req.raw)
    if (!session) return signIn(context, deps)
    const change = approvals.get(context.req.param('id'))
    if (!change) return unknown(context)
    const form = await readForm(context)
    if (!form) return draw(context, change, session, 'The form could not be read. Look once more and decide.')
    const subject = { changeId: change.id, digest: form.digest, sessionId: session.sessionId }
    const nonce = checkPageNonce(key, form.nonce, subject, clock.nowMs())
    if (nonce === 'forged')
      return draw(context, change, session, 'This form was not made for you here. Look once more and decide.')
    if (nonce === 'old')
      return draw(context, change, session, 'This page was open for a long time. Look once more and decide.')
    const wanted = new Set(form.do.map(Number))
    const leaveOut = change.steps.filter((step) => step.optional && !wanted.has(step.position))
    const decided = await approvals.decide({
      changeId: change.id,
      digest: form.digest,
      decision: form.decision,
      leaveOut: leaveOut.map(({ position }) => position),
      operator: session.operator,
      channel: 'confirm-page',
    })
    if (decided.kind === 'refused')
      return draw(context, approvals.get(change.id) ?? change, session, decided.why)
    return context.redirect(`/c/${change.id}`, 303)
  })

  function draw(
    context: Context,
    change: ChangeRequest,
    session: PageSession,
    refusal?: string,
  ): Response | Promise<Response> {
    const subject = { changeId: change.id, digest: change.digest, sessionId: session.sessionId }
    const nowMs = clock.nowMs()
    const nonce = pageNonce(key, subject, nowMs)
    const drawing = changePage({ change, operator: session.operator, nonce, nowMs, refusal: refusal ?? null })
    return show(context, drawing, refusal === undefined ? 200 : 409)
  }

  return page
}

/** A link from anywhere may open the page, which only reads; a form has to say that it is from the page itself. */
function objection(request: Request, hostNames: readonly string[]): string | null {
  const headers = new Headers(request.headers)
  if (request.method === 'GET') {
    headers.delete('sec-fetch-site')
    headers.delete('origin')
  } else if (!headers.has('origin') && !headers.has('sec-fetch-site'))
    return 'Your browser did not say where this form is from. Open the page in an up-to-date browser.'
  return strangeOrigin(headers, hostNames)
}

/**
 * A strict same-site cookie is not sent when a link elsewhere leads here, so knock once from our own page before asking
 * to sign in.
 */
function signIn(context: Context, deps: ConfirmPageDeps): Response | Promise<Response> {
  const here = `/c/${encodeURIComponent(context.req.param('id') ?? '')}`
  const knocked = context.req.query('knocked') !== undefined
  return context.req.method === 'GET' && !knocked
    ? show(context, knockPage(`${here}?knocked`), 200)
    : context.redirect(deps.signInUrl(here), 303)
}

function unknown(context: Context): Response | Promise<Response> {
  return show(context, messagePage('There is no such request here. Ask for the change again.'), 404)
}

async function readForm(context: Context): Promise<z.infer<typeof formSchema> | null> {
  if (!context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) return null
  const text = await context.req.text()
  if (text.length > 10_000) return null
  const fields = new URLSearchParams(text)
  const once = Object.fromEntries([...fields].filter(([name]) => name !== 'do'))
  return formSchema.safeParse({ ...once, do: fields.getAll('do') }).data ?? null
}

async function show(
  context: Context,
  body: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: 200 | 403 | 404 | 409,
): Promise<Response> {
  const policy = [
    "default-src 'none'",
    `style-src ${pageStyleSource}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  context.header('content-security-policy', policy.join('; '))
  context.header('x-frame-options', 'DENY')
  context.header('x-content-type-options', 'nosniff')
  // Not no-referrer: browsers then send the form with `Origin: null`.
  context.header('referrer-policy', 'same-origin')
  context.header('cross-origin-opener-policy', 'same-origin')
  context.header('cache-control', 'no-store')
  return context.html(await body, status)
}
