import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureCustomField } from '../../../../mcp-servers/netbox/outbox/ensure-custom-field.ts'
import type { SetupFinding } from '../../../../mcp-servers/netbox/setup/check-setup.ts'
import { type NetboxOverHttp, openNetboxOverHttp } from '../../../support/netbox-over-http.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let netbox: NetboxOverHttp
let lab: NetboxLab

beforeEach(async () => {
  netbox = await openNetboxOverHttp()
  lab = await openNetboxLab({ netbox: { url: netbox.url, token: netbox.token } })
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await netbox.close()
})

async function check(roles: string[] = []) {
  const report = await lab.parts.netbox.setup.check(roles)
  if (report.kind === 'refused') throw new Error(report.why)
  return report
}

async function proposed(roles: string[] = []) {
  const filed = await lab.parts.netbox.setup.propose(roles, 'operator')
  if (filed.kind === 'refused') throw new Error(filed.why)
  return lab.change(filed.changeId)
}

const inState = (findings: SetupFinding[], state: SetupFinding['state']) =>
  findings.filter((finding) => finding.state === state).map(({ what }) => what)

test('the check of an empty NetBox names what is missing, and only reads', async () => {
  const report = await check()
  expect(report.words).toBe('11 things are missing.')
  expect(inState(report.findings, 'missing')).toContain('Custom field “hwlab_id” on cables')
  expect(inState(report.findings, 'missing')).toContain('Site “Homelab”')
  expect(inState(report.findings, 'there')).toEqual(['Version', 'Token', 'Rights to view, add and change'])
  expect(report.findings.find(({ what }) => what === 'Token')?.words).toBe('v2, may write, of the user hwlab')
  expect(new Set(netbox.requests.map((request) => request.split(' ')[0]))).toEqual(
    new Set(['GET', 'OPTIONS']),
  )
})

test('one approval adds exactly what the card lists, and the next check finds all of it', async () => {
  const change = await proposed(['Switch'])
  expect(change.lines.map(({ label }) => label)).toEqual(
    inState((await check(['Switch'])).findings, 'missing'),
  )
  expect(netbox.requests.filter((request) => /^(POST|PATCH)/.test(request))).toEqual([])
  await lab.decide(change)
  expect((await lab.ended(change.id)).state).toBe('done')
  const after = await check(['Switch'])
  expect([after.words, after.isReady]).toEqual(['Everything that HWLab needs is there.', true])
  expect((await netbox.rows('dcim/device-roles/')).map(({ name }) => name)).toEqual(['Switch'])
  const fields = await netbox.rows('extras/custom-fields/')
  expect(fields.find(({ name }) => name === 'hwlab_id')).toMatchObject({
    object_types: ['dcim.device', 'dcim.module', 'dcim.cable'],
    unique: true,
    filter_logic: { value: 'exact' },
  })
  expect(fields).toHaveLength(4)
  const again = await lab.parts.netbox.setup.propose(['Switch'], 'operator')
  expect(again).toMatchObject({ kind: 'refused', why: expect.stringContaining('There is nothing to add.') })
})

test('after the set-up an item finds everything there and adds nothing of its own', async () => {
  const change = await proposed()
  await lab.decide(change)
  await lab.ended(change.id)
  netbox.requests.length = 0
  const item = await lab.intake([], 'Acme Box 1, serial SN-1, role Switch')
  for (const [field, value] of Object.entries({ manufacturer: 'Acme', model: 'Box 1', role: 'Switch' }))
    await lab.parts.netbox.intake.correct({ itemId: item.id, field, value }, 'operator')
  const filed = await lab.parts.netbox.intake.propose(item.id, 'operator')
  if (filed.kind === 'refused') throw new Error(filed.why)
  await lab.decide(lab.change(filed.changeId), 'approve')
  await lab.until(item.id, ({ record }) => record !== null)
  const added = netbox.requests.filter((request) => request.startsWith('POST'))
  expect(added).not.toContain('POST /api/extras/custom-fields/')
  expect(added).not.toContain('POST /api/extras/tags/')
  expect(added).not.toContain('POST /api/dcim/sites/')
  expect(added).toContain('POST /api/dcim/devices/')
})

test('a custom field of somebody else is named and never changed', async () => {
  const own = { name: 'hwlab_id', type: 'integer', object_types: ['dcim.device'] }
  const made = await netbox.inside(
    new Request('http://netbox.test/api/extras/custom-fields/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(own),
    }),
  )
  expect(made.status).toBe(201)
  const report = await check()
  expect(inState(report.findings, 'differs')).toContain('Custom field “hwlab_id” on devices')
  expect(report.findings.find(({ state }) => state === 'differs')?.words).toBe(
    'Differs: it is of another type than text',
  )
  const change = await proposed()
  expect(change.warnings.join()).toContain('Custom field “hwlab_id” on devices')
  await lab.decide(change)
  await lab.ended(change.id)
  expect((await netbox.rows('extras/custom-fields/?name=hwlab_id'))[0]).toMatchObject({
    type: { value: 'integer' },
    object_types: ['dcim.device'],
  })
})

test('a token that may only read is told apart from a user without permissions', async () => {
  netbox.limit({ writeEnabled: false, may: () => true })
  const shut = await check()
  expect(shut.findings.find(({ what }) => what === 'Token')).toMatchObject({
    state: 'refused',
    words: 'v2, may only read',
    fix: expect.stringContaining('Write enabled'),
  })
  expect(inState(shut.findings, 'refused')).toEqual(['Token'])
  netbox.limit({
    writeEnabled: true,
    may: (action, endpoint) => action === 'view' || (action === 'add' && endpoint !== 'dcim/devices'),
  })
  const limited = await check()
  const rights = limited.findings.filter(({ state }) => state === 'refused')
  expect(rights.map(({ what, words }) => `${what}: ${words}`)).toEqual([
    'Rights to view, add, change: Lacking on DCIM > device (add, change); DCIM > module (change); DCIM > interface (change); DCIM > cable (change); Extras > custom field (change)',
  ])
  expect(rights[0]?.fix).toContain('Admin > Permissions')
  expect(inState(limited.findings, 'unknown')).toEqual(['Rights to delete'])
})

test('what NetBox does not allow is said by its permission, and the rest is added all the same', async () => {
  netbox.limit({
    writeEnabled: true,
    may: (action, endpoint) => action === 'view' || endpoint !== 'extras/tags',
  })
  const change = await proposed()
  await lab.decide(change)
  const trouble = await new Promise<string>((resolve) => {
    const look = () => {
      const why = lab.parts.netbox.queue().operations[0]?.why ?? null
      if (why !== null) resolve(why)
    }
    lab.parts.netbox.onChange(look)
    look()
  })
  expect(trouble).toContain('needs the permission extras.add_tag')
  expect(inState((await check()).findings, 'missing')).toEqual(['Tag “hwlab”'])
  netbox.limit(null)
  const [row] = lab.parts.netbox.queue().operations
  lab.parts.netbox.actOnOperation(row?.id ?? '', 'retry', 'operator')
  expect((await lab.ended(change.id)).state).toBe('done')
  expect((await check()).isReady).toBe(true)
})

test('HWLab’s own inventory needs no set-up, and a NetBox that is away is said to be away', async () => {
  const own = await openNetboxLab()
  expect(await own.parts.netbox.setup.check([])).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('needs no set-up'),
  })
  await own[Symbol.asyncDispose]()
  netbox.before = () => Response.json({ detail: 'Bad gateway' }, { status: 502 })
  expect(await lab.parts.netbox.setup.check([])).toMatchObject({ kind: 'refused' })
})

test('two that put one field on different kinds of records at the same moment both succeed', async () => {
  const { rest } = lab.parts.inventory
  const { signal } = new AbortController()
  await ensureCustomField(rest, { name: 'hwlab_id', objectType: 'dcim.device' }, signal)
  const kinds = ['dcim.module', 'dcim.cable', 'dcim.rack']
  const had = await Promise.all(
    kinds.map((objectType) => ensureCustomField(rest, { name: 'hwlab_id', objectType }, signal)),
  )
  expect(had.map(({ kind }) => kind)).toEqual(['have', 'have', 'have'])
  const [field] = await netbox.rows('extras/custom-fields/?name=hwlab_id')
  expect(field?.object_types).toEqual(expect.arrayContaining(['dcim.device', ...kinds]))
})
