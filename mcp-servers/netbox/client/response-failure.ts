import { z } from 'zod'
import { type Failure, failed } from './failure.ts'

/** An HTTP answer whose body was read. `json` is undefined when the body is no JSON. */
export interface ReadResponse {
  status: number
  headers: Headers
  json: unknown
}

const serverErrorSchema = z.object({ exception: z.string(), error: z.string().optional() })
const detailSchema = z.object({ detail: z.string() })

/** The class of an answer that is not a success; null for a success. Shapes as seen on NetBox 4.6.8. */
export function responseFailure(response: ReadResponse, nowMs: number): Failure | null {
  const { status, json } = response
  if (status >= 300 && status < 400)
    return failed(
      'base-url',
      `NetBox’s address redirects to ${hostOf(response.headers)}. Set NETBOX_URL to where NetBox really is.`,
    )
  if (status < 300) return null
  if (status === 429)
    return failed('throttled', 'NetBox asks HWLab to slow down.', retryAfterMs(response.headers, nowMs))
  if (status === 413) return failed('invalid', 'The photo is too large for the server in front of NetBox.')
  if (status === 502 || status === 503 || status === 504)
    return failed('offline', 'NetBox is starting or down (the server in front of it says so).')
  if (status >= 500) return serverFailure(json)
  if (status === 401) return failed('auth', tokenSentence)
  if (status === 403) return forbidden(json)
  if (status === 404)
    return json === undefined
      ? failed('base-url', 'There is no NetBox at NETBOX_URL: its API is not found there. Check the address.')
      : failed('gone', 'NetBox does not have this record (any more).')
  if (status === 412) return failed('stale', 'Somebody changed the record in NetBox meanwhile.')
  return badRequest(json)
}

const tokenSentence =
  'NetBox does not accept HWLab’s token. Create a new one in NetBox and set NETBOX_TOKEN; nothing is lost meanwhile.'

function forbidden(json: unknown): Failure {
  const detail = detailSchema.safeParse(json)
  if (!detail.success)
    return failed(
      'base-url',
      'The server in front of NetBox refuses HWLab. Check NETBOX_URL and its access rules.',
    )
  if (/token|credentials|source ip/i.test(detail.data.detail)) return failed('auth', tokenSentence)
  return failed('denied', 'NetBox does not allow HWLab’s token to do this.')
}

function serverFailure(json: unknown): Failure {
  const error = serverErrorSchema.safeParse(json)
  if (!error.success)
    return failed('offline', 'NetBox answered with an error page. It may be starting or short of a service.')
  const { exception } = error.data
  if (exception === 'IntegrityError') return failed('race', 'Somebody else was writing the same to NetBox.')
  if (exception === 'OperationalError' || exception === 'InterfaceError')
    return failed('offline', 'NetBox cannot reach its database.')
  return failed(
    'invalid',
    `NetBox failed on this (${bounded(exception)}: ${bounded(error.data.error ?? '')}).`,
  )
}

function badRequest(json: unknown): Failure {
  const messages = errorMessages(json)
  const text = messages.join('; ')
  if (/already exists|must be unique|unique value|unique set/i.test(text))
    return failed('exists', `NetBox says: ${bounded(text)}`)
  if (/related object not found/i.test(text)) return failed('dependency', `NetBox says: ${bounded(text)}`)
  return failed('invalid', text === '' ? 'NetBox refuses this request.' : `NetBox says: ${bounded(text)}`)
}

/** `{"field":["…"]}`, `{"__all__":[…]}`, `{"non_field_errors":[…]}`, `{"detail":"…"}`, `["…"]` and nestings of them. */
export function errorMessages(json: unknown): string[] {
  if (typeof json === 'string') return [json]
  if (Array.isArray(json)) return json.flatMap(errorMessages)
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([field, value]) => {
    const nameless = ['__all__', 'non_field_errors', 'detail'].includes(field)
    return errorMessages(value).map((message) => (nameless ? message : `${field}: ${message}`))
  })
}

function bounded(text: string): string {
  const printable = text.replace(/\s+/g, ' ').trim()
  return printable.length > 300 ? `${printable.slice(0, 299)}…` : printable
}

function retryAfterMs(headers: Headers, nowMs: number): number {
  const value = headers.get('retry-after') ?? ''
  const seconds = /^\d{1,6}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1000), 3_600_000) : 10_000
}

function hostOf(headers: Headers): string {
  const location = headers.get('location') ?? ''
  return URL.canParse(location) ? new URL(location).origin : 'another page'
}
