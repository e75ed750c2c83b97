import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { recordInInventory } from '../../../support/record-in-inventory.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const record = (endpoint: string, json: Record<string, unknown>) =>
  recordInInventory(lab.parts.inventory, endpoint, json)
const declare = (plan: unknown) =>
  writeFile(join(lab.stateDir, 'ip-plan.json'), typeof plan === 'string' ? plan : JSON.stringify(plan))

const lan = '192.168.10.0/24'

async function nasAt(address: string): Promise<void> {
  const site = await record('dcim/sites', { name: 'Home', slug: 'home' })
  const manufacturer = await record('dcim/manufacturers', { name: 'Acme', slug: 'acme' })
  const device_type = await record('dcim/device-types', { manufacturer, model: 'N1', slug: 'n1' })
  const role = await record('dcim/device-roles', { name: 'NAS', slug: 'nas' })
  const device = await record('dcim/devices', { name: 'nas1', site, device_type, role })
  const port = await record('dcim/interfaces', { device, name: 'eth0', type: '1000base-t' })
  const assigned = { assigned_object_type: 'dcim.interface', assigned_object_id: port }
  await record('ipam/ip-addresses', { address, ...assigned })
}

test('addresses that break the plan are told with their reason, and what is free', async () => {
  await record('ipam/prefixes', { prefix: lan })
  await record('ipam/ip-addresses', { address: '192.168.10.1/24', dns_name: 'fw.lab.lan' })
  await nasAt('192.168.10.12/24')
  await declare({
    prefixes: {
      [lan]: [
        { kind: 'gateway', host: 1 },
        { kind: 'range', from: 10, to: 49, role: 'Server' },
        { kind: 'dns-name', matches: '\\.lab\\.lan$' },
      ],
    },
  })
  expect(await lab.call('check_ip_plan', {})).toEqual({
    kind: 'answer',
    output: {
      words: '1 prefix, 2 deviations.',
      lines: [
        `${lan}: 2 used, 252 free, next 192.168.10.2, largest free block 192.168.10.128/25`,
        '192.168.10.12: 192.168.10.10–192.168.10.49 is for Server, but “nas1” is NAS.',
        '192.168.10.12: It has no DNS name.',
      ],
    },
  })
})

test('without a plan, and with one that is wrong, free space is told all the same', async () => {
  await record('ipam/prefixes', { prefix: '2001:db8:0:10::/64' })
  const line = '2001:db8:0:10::/64: 0 used, over 2^63 free, next 2001:db8:0:10::1'
  expect(await lab.call('check_ip_plan', {})).toMatchObject({
    output: {
      words: expect.stringContaining('No conventions are declared'),
      lines: [expect.stringContaining(line)],
    },
  })
  await declare('{')
  expect(await lab.call('check_ip_plan', {})).toMatchObject({
    output: { words: expect.stringContaining('is not a plan'), lines: [expect.stringContaining(line)] },
  })
})

test('an IP range is not offered as free', async () => {
  await record('ipam/prefixes', { prefix: lan })
  const range = { start_address: '192.168.10.1/24', end_address: '192.168.10.99/24' }
  await record('ipam/ip-ranges', range)
  expect(await lab.call('check_ip_plan', { prefix: lan })).toMatchObject({
    output: { lines: [expect.stringContaining('155 free, next 192.168.10.100')] },
  })
})

test('hundreds of deviations come in pages, each answer small and none left out', async () => {
  await record('ipam/prefixes', { prefix: lan })
  await declare({ prefixes: { [lan]: [{ kind: 'dns-name', matches: `^${'x'.repeat(150)}$` }] } })
  for (let host = 1; host <= 30; host += 1)
    await record('ipam/ip-addresses', {
      address: `192.168.10.${host}/24`,
      dns_name: `${'y'.repeat(60)}${host}`,
    })
  const seen: unknown[] = []
  for (let skip: number | null = 0; skip !== null; ) {
    const answer = await lab.call('check_ip_plan', { skip })
    if (answer.kind === 'refused') throw new Error(answer.why)
    expect(JSON.stringify(answer.output).length / 4).toBeLessThanOrEqual(600)
    const lines = Array.isArray(answer.output.lines) ? answer.output.lines : []
    seen.push(...lines.filter((line) => !String(line).startsWith(lan)))
    const next = /(\d+) more: skip (\d+)/.exec(String(answer.output.words))
    expect(seen.length + Number(next?.[1] ?? 0)).toBe(30)
    skip = next ? Number(next[2]) : null
  }
  expect(new Set(seen).size).toBe(30)
})

test('what is no prefix is refused; an inventory that is away is not an empty one', async () => {
  expect(await lab.call('check_ip_plan', { prefix: 'my lan' })).toMatchObject({ kind: 'refused' })
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ wrapFetch: () => async () => new Response('<html>', { status: 502 }) })
  expect(await lab.call('check_ip_plan', {})).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('could not be read'),
  })
})
