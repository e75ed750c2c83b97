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

/** The class of an answer that is not a success; null for a success. Shapes as seen on NetBox 4.4.10, 4.6.8 and 4.7.3. */
export function responseFailure(response: ReadResponse, nowMs: number): Failure | null {
  const { status, json, headers } = response
  if (status < 300) return null
  if (status < 400)
    return failed(
      'base-url',
      `NetBox’s address redirects to ${hostOf(headers)}. Set NETBOX_URL to where NetBox really is.`,
    )
  switch (status) {
    case 401:
      return json === undefined ? failed('base-url', signInSentence) : failed('auth', tokenSentence)
    case 403:
      return forbidden(json)
    case 404:
      return json === undefined
        ? failed(
            'base-url',
            'There is no NetBox at NETBOX_URL: its API is not found there. Check the address.',
          )
        : failed('gone', 'NetBox does not have this record (any more).')
    case 407:
      return failed('base-url', 'A proxy on the way to NetBox asks for its own sign-in. Let HWLab pass it.')
    case 408:
      return failed('doubt', 'The server in front of NetBox did not wait for the request.')
    case 409:
      return failed('invalid', `NetBox keeps this record because others need it. ${saidBy(json)}`.trim())
    case 412:
      return failed('stale', 'Somebody changed the record in NetBox meanwhile.')
    case 413:
      return failed(
        'invalid',
        'The server in front of NetBox does not take a photo of this size. Raise its limit (nginx: client_max_body_size), then retry.',
      )
    case 429:
      return failed('throttled', 'NetBox asks HWLab to slow down.', retryAfterMs(headers, nowMs))
    case 502:
    case 503:
    case 504:
      return failed('offline', 'NetBox is starting or down (the server in front of it says so).')
  }
  return status >= 500 ? serverFailure(json) : badRequest(json)
}

const tokenSentence =
  'NetBox does not accept HWLab’s token. Create a new one in NetBox and set NETBOX_TOKEN; nothing is lost meanwhile.'
const signInSentence =
  'The server in front of NetBox asks for its own sign-in. Let HWLab through to /api/, or set NETBOX_URL to NetBox itself.'

function forbidden(json: unknown): Failure {
  const detail = detailSchema.safeParse(json)
  if (!detail.success)
    return failed(
      'base-url',
      'The server in front of NetBox refuses HWLab. Check NETBOX_URL and its access rules.',
    )
  if (/token|credentials|source ip|user inactive/i.test(detail.data.detail))
    return failed('auth', tokenSentence)
  return failed(
    'denied',
    'NetBox does not allow HWLab’s token to do this. The token must be write-enabled, and its user needs the permission.',
  )
}

/** NetBox answers 500 to whatever nothing caught: the exception’s name tells whether it helps to wait. */
function serverFailure(json: unknown): Failure {
  const error = serverErrorSchema.safeParse(json)
  if (!error.success)
    return failed('offline', 'NetBox answered with an error page. It may be starting or short of a service.')
  const { exception, error: text = '' } = error.data
  switch (exception) {
    case 'IntegrityError':
      return failed('race', 'Somebody else was writing the same to NetBox.')
    case 'OperationalError':
    case 'InterfaceError':
      return failed('offline', 'NetBox cannot reach its database.')
    case 'ConnectionError':
    case 'TimeoutError':
    case 'BusyLoadingError':
      return failed('offline', 'NetBox cannot reach one of its services (Redis, most likely).')
    case 'ProgrammingError':
      return failed(
        'offline',
        'NetBox’s database does not fit its program: an upgrade of NetBox is unfinished. Run its upgrade script.',
      )
    case 'DataError':
      return failed('invalid', `A value is longer or larger than NetBox keeps. ${saidBy(text)}`.trim())
    case 'DoesNotExist':
      return failed(
        'dependency',
        `NetBox does not have what this refers to (any more). ${saidBy(text)}`.trim(),
      )
  }
  // netbox-inventory, signals.py: its setting is not shown in the API, so it is known by these words.
  if (/via inventory > asset/i.test(text))
    return failed(
      'invalid',
      'netbox-inventory keeps tag and serial number of this record the same as its asset’s (sync_hardware_serial_asset_tag), so NetBox refuses to change them here. Change the asset, then retry.',
    )
  if (/related object not found/i.test(text)) return failed('dependency', saidBy(text))
  return failed('invalid', `NetBox failed on this (${bounded(exception)}: ${bounded(text)}).`)
}

const takenWords =
  /already exists|must be unique|unique value|unique set|already occupied by module|duplicate termination|duplicate (prefix|ip address)/i
const missingWords = /related object not found|select a valid choice/i

function badRequest(json: unknown): Failure {
  if (json === undefined)
    return failed(
      'base-url',
      'NetBox does not accept its own address. Check https:// in NETBOX_URL, and ALLOWED_HOSTS in NetBox’s configuration.',
    )
  const said = saidBy(json)
  if (takenWords.test(said)) return failed('exists', said)
  if (missingWords.test(said)) return failed('dependency', said)
  if (/please update via inventory > asset/i.test(said))
    return failed(
      'invalid',
      'In NetBox the plugin for assets keeps the serial number and the tag of this record. Change them on its asset.',
    )
  return failed('invalid', said === '' ? 'NetBox refuses this request.' : said)
}

/** "NetBox says: …", bounded; nothing when it said nothing. */
function saidBy(json: unknown): string {
  const text = errorMessages(json).join('; ')
  return text === '' ? '' : `NetBox says: ${bounded(text)}`
}

const bulkSchema = z.object({ errors: z.array(z.object({ index: z.number(), errors: z.unknown() })) })

/**
 * `{"field":["…"]}`, `{"__all__":[…]}`, `{"non_field_errors":[…]}`, `{"detail":"…"}`, `["…"]`, nestings of them, and the
 * numbered errors of a bulk write from 4.7.
 */
export function errorMessages(json: unknown): string[] {
  if (typeof json === 'string') return json.trim() === '' ? [] : [json]
  if (Array.isArray(json)) return json.flatMap(errorMessages)
  if (typeof json !== 'object' || json === null) return []
  const bulk = bulkSchema.safeParse(json)
  if (bulk.success)
    return bulk.data.errors.flatMap(({ index, errors }) =>
      errorMessages(errors).map((message) => `number ${index + 1}: ${message}`),
    )
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
