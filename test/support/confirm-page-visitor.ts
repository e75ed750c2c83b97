import type { ChangeRequest } from '../../mcp-servers/approval/change-request.ts'
import { confirmPage, type PageSession } from '../../mcp-servers/approval/confirm-page.ts'
import { wordPlan } from './echo-domain.ts'
import { type EchoLab, openEchoLab, stateKey } from './echo-lab.ts'

type Headers = Record<string, string>

/** Somebody with a browser before the confirm page, over real approvals. */
export interface Visitor {
  lab: EchoLab
  /** Signed in as whom; null is a stranger. */
  session: PageSession | null
  file(word?: string, loud?: boolean): ChangeRequest
  open(change: { id: string }, headers?: Headers, query?: string): Promise<Response>
  /** The hidden fields and ticked boxes, as a browser would send them. */
  formOf(change: ChangeRequest): Promise<URLSearchParams>
  send(change: ChangeRequest, fields: URLSearchParams, headers?: Headers): Promise<Response>
  /** Opens the page and presses a button. */
  click(change: ChangeRequest, decision: string, headers?: Headers): Promise<Response>
  stateOf(change: ChangeRequest): string | undefined
}

export const pageOrigin = 'http://127.0.0.1:4610'
export const fromThePage = { origin: pageOrigin, 'sec-fetch-site': 'same-origin' }
const host = '127.0.0.1:4610'

export function visitConfirmPage(): Visitor {
  const lab = openEchoLab()
  const page = confirmPage({
    approvals: lab.approvals,
    clock: lab.clock,
    key: stateKey,
    hostNames: [],
    session: () => visitor.session,
    signInUrl: (returnTo) => `/sign-in?next=${encodeURIComponent(returnTo)}`,
  })
  const visitor: Visitor = {
    lab,
    session: { operator: 'operator', sessionId: 'session-1' },
    file: (word = 'apple', loud = false) =>
      lab.approvals.file(wordPlan(word, loud), {
        server: 'netbox',
        tool: 'store_word',
        requester: 'client:Claude Desktop',
      }),
    open: async ({ id }, headers = {}, query = '') =>
      page.request(`${pageOrigin}/c/${id}${query}`, { headers: { host, ...headers } }),
    formOf: async (change) => fieldsIn(await (await visitor.open(change)).text()),
    send: async (change, fields, headers = fromThePage) =>
      page.request(`${pageOrigin}/c/${change.id}`, {
        method: 'POST',
        headers: { host, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: fields.toString(),
      }),
    async click(change, decision, headers) {
      const fields = await visitor.formOf(change)
      fields.set('decision', decision)
      return visitor.send(change, fields, headers)
    },
    stateOf: ({ id }) => lab.approvals.get(id)?.state,
  }
  return visitor
}

function fieldsIn(html: string): URLSearchParams {
  const fields = new URLSearchParams()
  const hidden = /<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g
  const ticked = /<input\s+type="checkbox"\s+name="do"\s+value="(\d+)"\s+checked/g
  for (const [, name = '', value = ''] of html.matchAll(hidden)) fields.append(name, value)
  for (const [, value = ''] of html.matchAll(ticked)) fields.append('do', value)
  return fields
}
