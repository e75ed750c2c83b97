import { offeredRoles } from '../netbox/intake/offered-roles.ts'
import type { NetboxServer } from '../netbox/main.ts'
import type { SetupFinding } from '../netbox/setup/check-setup.ts'
import type { Refusal } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

interface SetupView {
  target: string
  words: string
  isReady: boolean
  findings: SetupFinding[]
  /** How many things one request would add. */
  missing: number
  offeredRoles: string[]
}

/** What a signed-in person may do about what HWLab needs in NetBox. */
export function setupDesk({ setup }: NetboxServer) {
  return {
    async 'set-up-check'({ roles }: { roles: string[] }): Answer<SetupView> {
      const report = await setup.check(roles)
      if (report.kind === 'refused') return report
      const { target, words, isReady, findings, missing } = report
      return {
        kind: 'ok',
        value: { target, words, isReady, findings, missing: missing.length, offeredRoles },
      }
    },
    async 'set-up-propose'({ roles }: { roles: string[] }, operator: string): Answer<{ changeId: string }> {
      const filed = await setup.propose(roles, operator)
      return filed.kind === 'refused' ? filed : { kind: 'ok', value: { changeId: filed.changeId } }
    },
  }
}
