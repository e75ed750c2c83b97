import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import type { Clock } from '../../mcp-servers/serving/clock.ts'

export type Fault =
  | { kind: 'none' }
  /** Never sent. */
  | { kind: 'refused' }
  /** Carried out; the answer is lost. */
  | { kind: 'lost-response' }
  /** Carried out after a while, even if the client has given up by then. */
  | { kind: 'delayed'; byMs: number }
  /** A 500 without having been carried out. */
  | { kind: 'integrity-error' | 'operational-error' | 'html-500' }
  /** Carried out, but answered with an error page. */
  | { kind: 'done-but-html-500' }
  | { kind: 'throttled'; seconds: number }
  /** A proxy delivers it twice; the client sees the second answer. */
  | { kind: 'twice' }

/** A fetch in front of a server that does to each request what `next` says. */
export function faultyFetch(deps: { inner: Fetch; clock: Clock; next(request: Request): Fault }) {
  let busy = 0
  const waiting: (() => void)[] = []

  async function deliver(request: Request, body: ArrayBuffer | null): Promise<Response> {
    busy += 1
    try {
      const { method, headers } = request
      return await deps.inner(new Request(request.url, { method, headers, body }))
    } finally {
      busy -= 1
      for (const tell of waiting.splice(0)) tell()
    }
  }

  const fetch: Fetch = async (request) => {
    request.signal.throwIfAborted()
    const body = request.method === 'GET' || request.method === 'DELETE' ? null : await request.arrayBuffer()
    const fault = deps.next(request)
    switch (fault.kind) {
      case 'none':
        return deliver(request, body)
      case 'refused':
        throw networkError('ECONNREFUSED')
      case 'lost-response':
        await deliver(request, body)
        throw networkError('ECONNRESET')
      case 'delayed':
        return new Promise((resolve, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason))
          deps.clock.after(fault.byMs, () => void deliver(request, body).then(resolve, reject))
        })
      case 'integrity-error':
        return serverError('IntegrityError')
      case 'operational-error':
        return serverError('OperationalError')
      case 'html-500':
        return htmlPage(500)
      case 'done-but-html-500':
        await deliver(request, body)
        return htmlPage(500)
      case 'throttled':
        return new Response('Too Many Requests', {
          status: 429,
          headers: { 'retry-after': String(fault.seconds) },
        })
      case 'twice':
        await deliver(request, body)
        return deliver(request, body)
    }
  }
  /** How many requests the server is at work on: while it is, time should stand still. */
  return {
    fetch,
    busy: () => busy,
    /** When the server has answered one of the requests that it is at work on. */
    answered: () => new Promise<void>((resolve) => waiting.push(resolve)),
  }
}

export type FaultyFetch = ReturnType<typeof faultyFetch>

export function networkError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

export function htmlPage(status: number): Response {
  return new Response('<!DOCTYPE html><title>Page</title>', {
    status,
    headers: { 'content-type': 'text/html' },
  })
}

function serverError(exception: string): Response {
  return Response.json(
    { error: 'as injected', exception, netbox_version: '4.6.8', python_version: '3.12' },
    { status: 500 },
  )
}
