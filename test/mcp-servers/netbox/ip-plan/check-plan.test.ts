import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkPlan } from '../../../../mcp-servers/netbox/ip-plan/check-plan.ts'
import type { Holder } from '../../../../mcp-servers/netbox/ip-plan/deviations.ts'
import { addressText, parseAddress, parseBlock } from '../../../../mcp-servers/netbox/ip-plan/ip-block.ts'
import { type IpPlan, type Rule, readPlanFile } from '../../../../mcp-servers/netbox/ip-plan/plan-file.ts'
import type { IpamSeen } from '../../../../mcp-servers/netbox/ip-plan/read-addresses.ts'

const lan = '192.168.10.0/24'

function device(name: string, role: string | null): Holder {
  return { kind: 'device', id: 1, name, role, customFields: {} }
}

function vm(name: string, id: number, customFields: Record<string, unknown> = {}): Holder {
  return { kind: 'vm', id, name, role: 'VM', customFields }
}

function seen(
  addresses: { at: string; holder?: Holder; dnsName?: string; status?: string; vrf?: number }[],
  prefixes: string[] = [lan],
): IpamSeen {
  return {
    prefixes: prefixes.map((text) => {
      const block = parseBlock(text)
      if (!block) throw new Error(text)
      return { block, vrf: null, vrfName: null, isPool: false, isFull: false }
    }),
    addresses: addresses.map(({ at, holder = null, dnsName = '', status = 'active', vrf = null }) => {
      const parsed = parseAddress(at)
      if (!parsed) throw new Error(at)
      return { family: parsed.family, value: parsed.value, dnsName, status, holder, vrf }
    }),
    ranges: [],
  }
}

function wrong(rules: Rule[], ...addresses: Parameters<typeof seen>[0]): string[] {
  const report = checkPlan({ prefixes: { [lan]: rules } }, seen(addresses), null)
  return report.deviations.map(({ address, why }) => `${address}: ${why}`)
}

describe('a gateway', () => {
  const rule: Rule = { kind: 'gateway', host: 1, roles: ['Router', 'Firewall'] }

  test('that is where it belongs is as planned', () => {
    expect(wrong([rule], { at: '192.168.10.1/24', holder: device('fw', 'firewall') })).toEqual([])
  })

  test('that is not recorded, or held by something else, is told', () => {
    expect(wrong([rule])).toEqual(['192.168.10.1: The gateway should be here, but nothing is recorded.'])
    expect(wrong([rule], { at: '192.168.10.1/24', holder: device('nas1', 'NAS') })).toEqual([
      '192.168.10.1: It is the gateway’s, but “nas1” is NAS.',
    ])
  })
})

describe('a virtual machine’s host number is its id', () => {
  test('from its name, from NetBox, or from a custom field', () => {
    const at = '192.168.10.17/24'
    expect(wrong([{ kind: 'host-is-vm-id', id: 'name' }], { at, holder: vm('vm-105-web', 3) })).toEqual([
      '192.168.10.17: Its host number is 17, but the id of “vm-105-web” is 105.',
    ])
    expect(wrong([{ kind: 'host-is-vm-id', id: 'netbox' }], { at, holder: vm('web', 17) })).toEqual([])
    const rule: Rule = { kind: 'host-is-vm-id', id: { customField: 'vmid' } }
    expect(wrong([rule], { at, holder: vm('web', 3, { vmid: 17 }) })).toEqual([])
    expect(wrong([rule], { at, holder: vm('web', 3) })).toEqual([
      '192.168.10.17: The VM “web” has no id to compare its host number 17 with.',
    ])
  })

  test('devices are not meant', () => {
    expect(
      wrong([{ kind: 'host-is-vm-id', id: 'netbox' }], { at: '192.168.10.17', holder: device('sw', null) }),
    ).toEqual([])
  })
})

describe('a range for a role', () => {
  const servers: Rule = { kind: 'range', from: 10, to: 49, role: 'Server' }
  const more: Rule = { kind: 'range', from: 60, to: 69, role: 'Server' }

  test('holds only that role, and all of it', () => {
    expect(
      wrong(
        [servers, more],
        { at: '192.168.10.10', holder: device('srv1', 'Server') },
        { at: '192.168.10.60', holder: device('srv2', 'Server') },
        { at: '192.168.10.49', holder: device('nas1', 'NAS') },
        { at: '192.168.10.50', holder: device('srv3', 'Server') },
        { at: '192.168.10.90' },
      ),
    ).toEqual([
      '192.168.10.49: 192.168.10.10–192.168.10.49 is for Server, but “nas1” is NAS.',
      '192.168.10.50: “srv3” is Server and belongs to 192.168.10.10–192.168.10.49.',
    ])
  })
})

test('what should stay free is not recorded, except as DHCP', () => {
  const rule: Rule = { kind: 'keep-free', from: 200, to: 249, why: 'DHCP pool' }
  expect(wrong([rule], { at: '192.168.10.200' }, { at: '192.168.10.201', status: 'dhcp' })).toEqual([
    '192.168.10.200: 192.168.10.200–192.168.10.249 is kept free (DHCP pool).',
  ])
})

test('every address has a DNS name that matches', () => {
  const rule: Rule = { kind: 'dns-name', matches: '\\.lab\\.lan$' }
  expect(
    wrong(
      [rule],
      { at: '192.168.10.2', dnsName: 'nas.lab.lan' },
      { at: '192.168.10.3' },
      { at: '192.168.10.4', dnsName: 'nas.example.org' },
    ),
  ).toEqual([
    '192.168.10.3: It has no DNS name.',
    '192.168.10.4: Its DNS name “nas.example.org” does not match \\.lab\\.lan$.',
  ])
})

test('an address that is recorded twice is told once; in another VRF it is another address', () => {
  expect(
    wrong(
      [],
      { at: '192.168.10.2/24' },
      { at: '192.168.10.2/32' },
      { at: '192.168.10.3' },
      { at: '192.168.10.3', vrf: 7 },
    ),
  ).toEqual(['192.168.10.2: It is recorded twice.'])
})

test('the narrowest declared prefix decides, and its host numbers count from its own start', () => {
  const plan: IpPlan = {
    prefixes: {
      '10.0.0.0/16': [{ kind: 'dns-name', matches: '^never$' }],
      '10.0.4.0/22': [{ kind: 'range', from: 256, to: 300, role: 'Server' }],
    },
  }
  const found = checkPlan(plan, seen([{ at: '10.0.5.0', holder: device('nas1', 'NAS') }], []), null)
  expect(found.deviations).toEqual([
    { address: '10.0.5.0', why: '10.0.5.0–10.0.5.44 is for Server, but “nas1” is NAS.' },
  ])
})

test('IPv6 is held to the plan like IPv4', () => {
  const plan: IpPlan = { prefixes: { '2001:db8:0:10::/64': [{ kind: 'host-is-vm-id', id: 'netbox' }] } }
  const ipam = seen([{ at: '2001:db8:0:10::69/64', holder: vm('web', 104) }], ['2001:db8:0:10::/64'])
  expect(checkPlan(plan, ipam, null).deviations).toEqual([
    { address: '2001:db8:0:10::69', why: 'Its host number is 105, but the id of “web” is 104.' },
  ])
})

test('free space leaves out addresses, prefixes inside, ranges, and what is kept free', () => {
  const ipam = seen([{ at: '192.168.10.1' }], [lan, '192.168.10.128/26'])
  const range = {
    first: parseAddress('192.168.10.2')?.value ?? 0n,
    last: parseAddress('192.168.10.9')?.value ?? 0n,
  }
  const plan: IpPlan = { prefixes: { [lan]: [{ kind: 'keep-free', from: 10, to: 19, why: 'later' }] } }
  const [whole] = checkPlan(plan, { ...ipam, ranges: [{ ...range, family: 4, vrf: null }] }, null).prefixes
  expect(whole).toMatchObject({ prefix: lan, used: 1, free: 254n - 1n - 8n - 10n - 64n })
  expect(addressText(4, whole?.next ?? 0n)).toBe('192.168.10.20')
})

test('a pool gives away its first and last address, and what is marked as used up has nothing', () => {
  const [prefix] = seen([], ['10.0.0.0/29']).prefixes
  if (!prefix) throw new Error('one prefix was seen')
  const free = (facts: Partial<typeof prefix>) =>
    checkPlan({ prefixes: {} }, { ...seen([], []), prefixes: [{ ...prefix, ...facts }] }, null).prefixes[0]
      ?.free
  expect([free({}), free({ isPool: true }), free({ isFull: true })]).toEqual([6n, 8n, 0n])
})

test('asked about one prefix, the answer is about it and what is inside it', () => {
  const ipam = seen([], [lan, '192.168.10.128/26', '10.0.0.0/8'])
  expect(checkPlan({ prefixes: {} }, ipam, parseBlock(lan)).prefixes.map(({ prefix }) => prefix)).toEqual([
    lan,
    '192.168.10.128/26',
  ])
})

describe('ip-plan.json', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hwlab-ip-plan-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const read = async (content: unknown) => {
    const path = join(folder, 'ip-plan.json')
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
    return readPlanFile(path)
  }

  test('that is not there declares nothing', async () => {
    expect(await readPlanFile(join(folder, 'ip-plan.json'))).toEqual({ kind: 'none' })
  })

  test('is read as it is written in the README', async () => {
    const rules = [
      { kind: 'gateway', host: 1, roles: ['Firewall'] },
      { kind: 'host-is-vm-id', id: { customField: 'vmid' } },
      { kind: 'range', from: 10, to: 49, role: 'Server' },
      { kind: 'keep-free', from: 200, to: 249, why: 'DHCP' },
      { kind: 'dns-name', matches: '\\.lab$' },
    ]
    expect(await read({ prefixes: { [lan]: rules } })).toMatchObject({ kind: 'read' })
  })

  test.each([
    ['not json', 'is not a plan'],
    [{ prefixes: { 'my lan': [] } }, 'my lan'],
    [{ prefixes: { [lan]: [{ kind: 'gatway', host: 1 }] } }, `${lan} › 0`],
    [{ prefixes: { [lan]: [{ kind: 'range', from: 49, to: 10, role: 'Server' }] } }, 'from is after to'],
    [{ prefixes: { [lan]: [{ kind: 'dns-name', matches: '(' }] } }, 'no pattern'],
    [{ prefixes: { [lan]: [{ kind: 'gateway', host: 300 }] } }, 'not inside 192.168.10.0/24'],
    [{ prefixes: { [lan]: [{ kind: 'gateway', host: 1, rols: [] }] } }, `${lan} › 0`],
  ])('that is wrong is answered with where: %j', async (content, where) => {
    expect(await read(content)).toEqual({ kind: 'unusable', why: expect.stringContaining(where) })
  })
})
