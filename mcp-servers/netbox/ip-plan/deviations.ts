import { addressText, type Block, type Family } from './ip-block.ts'
import type { Rule } from './plan-file.ts'

/** What holds an address. */
export interface Holder {
  kind: 'device' | 'vm'
  id: number
  name: string
  role: string | null
  customFields: Record<string, unknown>
}

export interface AddressSeen {
  family: Family
  value: bigint
  dnsName: string
  /** NetBox's word: active, reserved, dhcp… */
  status: string
  holder: Holder | null
}

/** A prefix with what is declared about it and recorded in it. */
export interface PlannedPrefix {
  block: Block
  rules: readonly Rule[]
  addresses: readonly AddressSeen[]
}

export interface Deviation {
  family: Family
  value: bigint
  why: string
}

/** Every address that is not as declared, lowest first; one entry per broken rule. */
export function deviations(prefix: PlannedPrefix): Deviation[] {
  const found = [
    ...prefix.rules.flatMap((rule) => missing(rule, prefix)),
    ...prefix.addresses.flatMap((address, at) =>
      [...prefix.rules.map((rule) => breach(rule, address, prefix)), twice(address, at, prefix)]
        .filter((why) => why !== null)
        .map((why) => ({ family: address.family, value: address.value, why })),
    ),
  ]
  return found.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

function missing(rule: Rule, { block, addresses }: PlannedPrefix): Deviation[] {
  if (rule.kind !== 'gateway') return []
  const value = block.first + BigInt(rule.host)
  if (addresses.some((address) => address.value === value)) return []
  return [{ family: block.family, value, why: 'The gateway should be here, but nothing is recorded.' }]
}

function twice(address: AddressSeen, at: number, { addresses }: PlannedPrefix): string | null {
  const first = addresses.findIndex((other) => other.value === address.value)
  return first < at ? 'It is recorded twice.' : null
}

/** Why the address breaks the rule, or null. */
function breach(rule: Rule, address: AddressSeen, prefix: PlannedPrefix): string | null {
  const host = address.value - prefix.block.first
  switch (rule.kind) {
    case 'gateway':
      return host === BigInt(rule.host) ? wrongGateway(rule.roles, address.holder) : null
    case 'host-is-vm-id':
      return wrongNumber(rule, host, address.holder)
    case 'range':
      return wrongRange(rule, host, address.holder, prefix)
    case 'keep-free':
      return isWithin(rule, host) && address.status !== 'dhcp'
        ? `${rangeText(rule, prefix.block)} is kept free (${rule.why}).`
        : null
    case 'dns-name':
      if (address.dnsName === '') return 'It has no DNS name.'
      return new RegExp(rule.matches).test(address.dnsName)
        ? null
        : `Its DNS name “${address.dnsName}” does not match ${rule.matches}.`
  }
}

function wrongGateway(roles: readonly string[] | undefined, holder: Holder | null): string | null {
  if (!roles || !holder || hasRole(holder, roles)) return null
  return `It is the gateway’s, but “${holder.name}” is ${holder.role ?? 'without a role'}.`
}

function wrongNumber(
  { id }: Extract<Rule, { kind: 'host-is-vm-id' }>,
  host: bigint,
  holder: Holder | null,
): string | null {
  if (holder?.kind !== 'vm') return null
  const wanted = idOf(holder, id)
  if (wanted === null) return `The VM “${holder.name}” has no id to compare its host number ${host} with.`
  return wanted === host ? null : `Its host number is ${host}, but the id of “${holder.name}” is ${wanted}.`
}

function idOf(vm: Holder, from: Extract<Rule, { kind: 'host-is-vm-id' }>['id']): bigint | null {
  if (from === 'netbox') return BigInt(vm.id)
  const text = from === 'name' ? vm.name : String(vm.customFields[from.customField] ?? '')
  const digits = from === 'name' ? /\d+/.exec(text)?.[0] : /^\d+$/.exec(text)?.[0]
  return digits === undefined ? null : BigInt(digits)
}

function wrongRange(
  rule: Extract<Rule, { kind: 'range' }>,
  host: bigint,
  holder: Holder | null,
  { rules, block }: PlannedPrefix,
): string | null {
  if (!holder) return null
  const own = rules.filter((other) => other.kind === 'range' && hasRole(holder, [other.role]))
  const isHome = (other: Rule) => other.kind === 'range' && isWithin(other, host)
  if (isWithin(rule, host))
    return hasRole(holder, [rule.role])
      ? null
      : `${rangeText(rule, block)} is for ${rule.role}, but “${holder.name}” is ${holder.role ?? 'without a role'}.`
  // Where several ranges are for one role, the first of them speaks for all.
  return own[0] === rule && !own.some(isHome) && !rules.some((other) => other !== rule && isHome(other))
    ? `“${holder.name}” is ${rule.role} and belongs to ${rangeText(rule, block)}.`
    : null
}

function hasRole(holder: Holder, roles: readonly string[]): boolean {
  return roles.some((role) => role.toLowerCase() === holder.role?.toLowerCase())
}

function isWithin({ from, to }: { from: number; to: number }, host: bigint): boolean {
  return BigInt(from) <= host && host <= BigInt(to)
}

/** "192.168.10.10–192.168.10.49". */
function rangeText({ from, to }: { from: number; to: number }, { family, first }: Block): string {
  return `${addressText(family, first + BigInt(from))}–${addressText(family, first + BigInt(to))}`
}
