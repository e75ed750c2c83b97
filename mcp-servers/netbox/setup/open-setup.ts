import type { Approvals } from '../../approval/approvals.ts'
import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import { countText } from '../count-text.ts'
import { offeredRoles } from '../intake/offered-roles.ts'
import { slugOf } from '../outbox/references.ts'
import { checkSetup, type SetupReport } from './check-setup.ts'
import { type SetupThing, thingWords } from './setup-things.ts'

export interface SetupDeps {
  approvals: Approvals
  inventory: Inventory
  /** null: none is sent. */
  token: (() => string) | null
  site: { name: string; slug: string }
  readOnly: boolean
}

/** What HWLab needs in NetBox: looked at by reading, added on one approval. */
export interface Setup {
  /** `roles`: device roles that shall be there beside what is always needed. */
  check(roles: readonly string[]): Promise<SetupReport | Refusal>
  /** Files one request for exactly what is missing. For a signed-in person or a shell; no tool leads there. */
  propose(roles: readonly string[], operator: string): Promise<{ kind: 'filed'; changeId: string } | Refusal>
}

export function openSetup(deps: SetupDeps): Setup {
  const { approvals, inventory, token, site, readOnly } = deps
  async function check(roles: readonly string[]): Promise<SetupReport | Refusal> {
    if (inventory.kind === 'embedded')
      return refused(
        'HWLab keeps its own inventory, which needs no set-up. To use NetBox, set NETBOX_URL and NETBOX_TOKEN.',
      )
    const strange = roles.find((role) => !offeredRoles.includes(role))
    if (strange !== undefined)
      return refused(`“${strange.slice(0, 60)}” is not among the roles that HWLab offers.`)
    const wanted = [...new Set(roles)].map(
      (name): SetupThing => ({ kind: 'role', role: { name, slug: slugOf(name) } }),
    )
    const report = await checkSetup(inventory, { token: token?.() ?? null, site, roles: wanted })
    return report.kind === 'away' ? refused(report.why) : report
  }

  return {
    check,
    async propose(roles, operator) {
      if (readOnly) return refused('HWLab runs read-only (HWLAB_MODE). Nothing is added to NetBox.')
      const report = await check(roles)
      if (report.kind === 'refused') return report
      if (report.missing.length === 0) return refused(`There is nothing to add. ${report.words}`)
      const from = { server: 'netbox', tool: 'set_up', requester: `operator:${operator}`, callKey: 'set-up' }
      const filed = approvals.fileIfRoom(setupPlan(report), from)
      return filed.kind === 'refused' ? filed : { kind: 'filed', changeId: filed.change.id }
    },
  }
}

function setupPlan({ target, missing, findings }: SetupReport): ChangePlan {
  const title = `Set up ${target}: add ${countText(missing.length, 'thing', 'things')}`
  return {
    title,
    tier: 'write',
    steps: [
      {
        kind: 'netbox.set_up_inventory',
        title,
        payload: { things: missing },
        waitsFor: null,
        optional: false,
      },
    ],
    lines: missing.map((thing) => ({ label: thingWords(thing), before: null, after: 'added' })),
    warnings: findings
      .filter(({ state }) => state === 'refused' || state === 'differs')
      .map(({ what, words, fix }) => `${what}: ${words}.${fix ? ` ${fix}` : ''}`),
    itemId: null,
  }
}
