import type { OthersServer, PolicyWish } from '../others/main.ts'
import type { OthersView } from '../others/others-view.ts'
import type { Refusal } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

const nobody: OthersView = {
  path: '',
  ...{ fileWords: 'Not there', fileTone: 'muted', fileFix: null },
  ...{ servers: [], doubtful: [] },
}
const notHere: Refusal = { kind: 'refused', why: 'There are no other MCP servers here.' }

/** What a signed-in person may decide about MCP servers of others. */
export function othersDesk(others: OthersServer | null) {
  return {
    others: (): OthersView => others?.view() ?? nobody,
    async 'others-policy'(wish: PolicyWish, operator: string): Answer<{ server: string }> {
      const set = others?.setPolicy(wish, operator) ?? notHere
      return set.kind === 'refused' ? set : { kind: 'ok', value: { server: wish.server } }
    },
    async 'others-try-again'({ server }: { server: string }): Answer<{ server: string }> {
      const tried = others?.tryAgain(server) ?? notHere
      return tried.kind === 'refused' ? tried : { kind: 'ok', value: { server } }
    },
    async 'others-settle'(
      { callId, happened }: { callId: string; happened: boolean },
      operator: string,
    ): Answer<{ callId: string }> {
      const settled = others?.settle(callId, happened, operator) ?? notHere
      return settled.kind === 'refused' ? settled : { kind: 'ok', value: { callId } }
    },
  }
}
