import { join } from 'node:path'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import { checkPlan, type PlanReport } from './check-plan.ts'
import { parseBlock } from './ip-block.ts'
import { readPlanFile } from './plan-file.ts'
import { readAddresses } from './read-addresses.ts'

/** The operator's conventions about addresses against what NetBox's IPAM holds. Reads only. */
export interface IpPlanCheck {
  /** `prefix` null: everything. `note` says why nothing is compared, null where something is. */
  check(
    prefix: string | null,
    signal: AbortSignal,
  ): Promise<{ kind: 'checked'; report: PlanReport; note: string | null } | Refusal>
}

export function openIpPlan(deps: { inventory: Inventory; stateDir: string }): IpPlanCheck {
  return {
    async check(prefix, signal) {
      const within = prefix === null ? null : parseBlock(prefix)
      if (prefix !== null && within === null)
        return refused(`“${prefix.slice(0, 60)}” is no prefix. Write it like 192.168.10.0/24.`)
      const read = await readPlanFile(join(deps.stateDir, 'ip-plan.json'))
      const seen = await readAddresses(deps.inventory.rest, signal)
      if (seen.kind === 'away') return refused(`The addresses could not be read: ${seen.why}`)
      const plan = read.kind === 'read' ? read.plan : { prefixes: {} }
      return { kind: 'checked', report: checkPlan(plan, seen.ipam, within), note: noteOn(read) }
    },
  }
}

function noteOn(read: Awaited<ReturnType<typeof readPlanFile>>): string | null {
  switch (read.kind) {
    case 'read':
      return null
    case 'none':
      return 'No conventions are declared; docs/ip-plan.md says how.'
    case 'unusable':
      return read.why
  }
}
