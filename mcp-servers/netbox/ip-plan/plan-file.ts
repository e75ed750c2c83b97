import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { bitsOf, parseBlock } from './ip-block.ts'

/** Host numbers count from the prefix's own address: in 192.168.10.0/24, .17 has number 17. */
const host = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const range = { from: host, to: host }
const named = z.string().trim().min(1).max(100)

const ruleSchema = z
  .discriminatedUnion('kind', [
    /** The gateway has this host number; `roles`: what may hold it. */
    z.strictObject({ kind: z.literal('gateway'), host, roles: z.array(named).optional() }),
    /** A virtual machine's host number is its id: a number in its name, NetBox's own id, or a custom field. */
    z.strictObject({
      kind: z.literal('host-is-vm-id'),
      id: z.union([z.enum(['name', 'netbox']), z.strictObject({ customField: named })]).default('name'),
    }),
    /** This range and no other is for things with the role. */
    z.strictObject({ kind: z.literal('range'), ...range, role: named }),
    /** Nothing is recorded here: a DHCP pool, room to grow. */
    z.strictObject({ kind: z.literal('keep-free'), ...range, why: named }),
    /** Every address has a DNS name that matches. */
    z.strictObject({
      kind: z.literal('dns-name'),
      matches: z.string().max(200).refine(isPattern, 'no pattern'),
    }),
  ])
  .refine((rule) => !('to' in rule) || rule.from <= rule.to, 'from is after to')
export type Rule = z.infer<typeof ruleSchema>

const prefixSchema = z.string().refine((text) => parseBlock(text) !== null, 'no prefix')

const planSchema = z.strictObject({ prefixes: z.record(prefixSchema, z.array(ruleSchema)) })
/** What the operator declares about addresses, by prefix. */
export type IpPlan = z.infer<typeof planSchema>

export type PlanRead =
  | { kind: 'read'; plan: IpPlan }
  /** No file: nothing is declared. */
  | { kind: 'none' }
  | { kind: 'unusable'; why: string }

export async function readPlanFile(path: string): Promise<PlanRead> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { kind: 'none' }
    return unusable('cannot be read. Check its permissions.')
  }
  const parsed = planSchema.safeParse(parseJson(text))
  if (!parsed.success) return unusable(`is not a plan${placeOf(parsed.error)}. Correct it and ask again.`)
  const tooFar = Object.entries(parsed.data.prefixes).find(([prefix, rules]) => !rules.every(fits(prefix)))
  return tooFar
    ? unusable(`has a host number that is not inside ${tooFar[0]}. Correct it and ask again.`)
    : { kind: 'read', plan: parsed.data }
}

function fits(prefix: string): (rule: Rule) => boolean {
  const block = parseBlock(prefix)
  const size = block ? 1n << BigInt(bitsOf[block.family] - block.length) : 0n
  return (rule) => {
    const highest = rule.kind === 'gateway' ? rule.host : 'to' in rule ? rule.to : 0
    return BigInt(highest) < size
  }
}

function unusable(what: string): PlanRead {
  return { kind: 'unusable', why: `ip-plan.json in the state folder ${what}` }
}

function placeOf(error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return ''
  const where = issue.path.length > 0 ? ` at ${issue.path.join(' › ').slice(0, 120)}` : ''
  return issue.code === 'custom' ? `${where}: ${issue.message}` : where
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== ''
  } catch {
    return false
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
