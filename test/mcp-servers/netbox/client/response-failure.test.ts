import { expect, test } from 'vitest'
import { errorMessages, responseFailure } from '../../../../mcp-servers/netbox/client/response-failure.ts'

const pageBody = undefined
const server = (exception: string, error = 'details') => ({ exception, error, netbox_version: '4.6.8' })
function failure(status: number, json: unknown, headers: Record<string, string> = {}) {
  return responseFailure({ status, json, headers: new Headers(headers) }, 0)
}

// Bodies as seen on NetBox 4.4.10, 4.6.8 and 4.7.3; pages as nginx, Apache and Django send them.
test.for([
  [
    'a page about the host name or https',
    400,
    pageBody,
    'base-url',
    /https:\/\/ in NETBOX_URL, and ALLOWED_HOSTS/,
  ],
  ['a field that is wrong', 400, { serial: ['Too long.'] }, 'invalid', /^NetBox says: serial: Too long\.$/],
  ['an answer without words', 400, {}, 'invalid', /refuses this request/],
  ['a taken tag', 400, { asset_tag: ['device with this asset tag already exists.'] }, 'exists', /asset_tag/],
  ['a taken bay', 400, { module_bay: ['Module bay 1 is already occupied by module x.'] }, 'exists', /bay 1/],
  [
    'a taken cable end',
    400,
    { __all__: ['Duplicate termination found for dcim.interface 47: cable 1'] },
    'exists',
    /47/,
  ],
  [
    'a known address',
    400,
    { address: ['Duplicate IP address found in global table: 10.0.0.9/24'] },
    'exists',
    /10\.0/,
  ],
  [
    'a taken rack unit, which is nobody’s but the rack’s',
    400,
    { position: ['U2.0 is already occupied or does not have sufficient space'] },
    'invalid',
    /U2\.0/,
  ],
  [
    'a missing reference',
    400,
    { site: ['Related object not found using the provided numeric ID: 9'] },
    'dependency',
    /9/,
  ],
  [
    'a filter for what is gone',
    400,
    { site_id: ['Select a valid choice. 9 is not one of the available choices.'] },
    'dependency',
    /site_id/,
  ],
  [
    'a plugin that keeps serial and tag itself',
    400,
    {
      detail:
        'Cannot change device serial and asset tag if asset is assigned. Please update via inventory > asset instead.',
    },
    'invalid',
    /Change them on its asset/,
  ],
  ['a proxy’s sign-in', 401, pageBody, 'base-url', /own sign-in/],
  ['no token', 401, { detail: 'x' }, 'auth', /NETBOX_TOKEN/],
  ['a wrong token', 403, { detail: 'Invalid v2 token' }, 'auth', /NETBOX_TOKEN/],
  ['an expired token', 403, { detail: 'Token expired' }, 'auth', /NETBOX_TOKEN/],
  [
    'a token for another machine',
    403,
    { detail: 'Source IP 10.0.0.1 is not permitted to authenticate using this token.' },
    'auth',
    /NETBOX_TOKEN/,
  ],
  [
    'a token that may only read',
    403,
    { detail: 'You do not have permission to perform this action.' },
    'denied',
    /write-enabled/,
  ],
  ['a proxy’s access rule', 403, pageBody, 'base-url', /in front of NetBox refuses/],
  ['a wrong path', 404, pageBody, 'base-url', /no NetBox at NETBOX_URL/],
  ['a record that is gone', 404, { detail: 'No Device matches the given query.' }, 'gone', /any more/],
  ['a proxy that wants a password', 407, pageBody, 'base-url', /sign-in/],
  ['a proxy that ran out of patience', 408, pageBody, 'doubt', /did not wait/],
  [
    'what others need',
    409,
    { detail: 'Unable to delete object. 1 dependent objects were found: x (1)' },
    'invalid',
    /others need it.*x \(1\)/,
  ],
  ['a record changed meanwhile', 412, { detail: 'Precondition failed.' }, 'stale', /meanwhile/],
  ['a photo that is too large', 413, pageBody, 'invalid', /client_max_body_size/],
  ['a race', 500, server('IntegrityError', 'duplicate key value'), 'race', /somebody else/i],
  ['a lost database', 500, server('OperationalError'), 'offline', /database/],
  ['a lost Redis, told', 500, server('ConnectionError'), 'offline', /Redis/],
  ['a lost Redis, as a page', 500, pageBody, 'offline', /error page/],
  [
    'an unfinished upgrade',
    500,
    server('ProgrammingError', 'column does not exist'),
    'offline',
    /upgrade script/,
  ],
  [
    'a value too long',
    500,
    server('DataError', 'value too long for type'),
    'invalid',
    /longer or larger than NetBox keeps.*too long/,
  ],
  [
    'a cable to an interface that is gone',
    500,
    server('DoesNotExist', 'Interface matching query does not exist.'),
    'dependency',
    /Interface/,
  ],
  [
    'a tag to add that is not there',
    500,
    server('ValidationError', "['Related object not found using…']"),
    'dependency',
    /Related/,
  ],
  ['a bug of NetBox', 500, server('ValueError', 'x'), 'invalid', /ValueError: x/],
  ['a server that starts', 503, pageBody, 'offline', /starting or down/],
  ['a tunnel without its end', 522, pageBody, 'offline', /error page/],
] as const)('%s (%i) is classed and worded', ([, status, json, cause, why]) => {
  expect(failure(status, json)).toMatchObject({ kind: 'failed', cause, why: expect.stringMatching(why) })
})

test('a pause is as long as the server asks for, within reason', () => {
  const pauseMs = (retryAfter: string) => failure(429, null, { 'retry-after': retryAfter })?.retryAfterMs
  expect(['30', 'Thu, 01 Jan 1970 00:01:00 GMT', 'soon', '0', '999999'].map(pauseMs)).toEqual([
    30_000, 60_000, 10_000, 1000, 3_600_000,
  ])
})

test('a success is no failure', () => {
  expect([200, 201, 204].map((status) => failure(status, null))).toEqual([null, null, null])
})

test('what NetBox says is bounded and on one line', () => {
  const why = failure(400, { detail: `a\n${'b'.repeat(1000)}` })?.why ?? ''
  expect(why.length).toBeLessThan(330)
  expect(why).not.toContain('\n')
})

test('NetBox’s shapes of an error become sentences', () => {
  expect(
    [
      { asset_tag: ['device with this asset tag already exists.'] },
      { __all__: ['Device name must be unique per site.'] },
      { non_field_errors: ['wrong'] },
      { detail: 'Nope.' },
      ['bare'],
      { custom_fields: { nope: 'does not exist' } },
      { b_terminations: [{ object_type: ['Invalid content type: dcim.nope'] }] },
      [{}, { slug: ['This field is required.'] }],
      {
        detail: '1 of 2 objects could not be created.',
        errors: [{ index: 1, errors: { slug: ['This field is required.'] } }],
      },
    ].map((body) => errorMessages(body).join()),
  ).toEqual([
    'asset_tag: device with this asset tag already exists.',
    'Device name must be unique per site.',
    'wrong',
    'Nope.',
    'bare',
    'custom_fields: nope: does not exist',
    'b_terminations: object_type: Invalid content type: dcim.nope',
    'slug: This field is required.',
    'number 2: slug: This field is required.',
  ])
})
