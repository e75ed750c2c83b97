import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  RequestStateCodec,
  ServerContext,
} from '@modelcontextprotocol/server'
import { inputRequired } from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { Approvals } from '../approval/approvals.ts'
import type { ChangeRequest } from '../approval/change-request.ts'
import { canonicalJson, sha256Hex } from '../approval/digest.ts'
import { canOpenLinks, clientName } from './caller.ts'
import { changeOutput, outcomeOf } from './change-outcome.ts'
import type { Clock } from './clock.ts'
import { bounded, type Fault, refusedAnswer, structuredAnswer } from './open-call.ts'
import type { GatedTool } from './tool.ts'

/** What a client hands back on the second round; signed, so it only ever names a request that we filed for this call. */
const gateStateSchema = z.object({
  tool: z.string(),
  argumentsHash: z.string(),
  changeId: z.string(),
  digest: z.string(),
})
export type GateState = z.infer<typeof gateStateSchema>

export interface GateDeps {
  server: string
  approvals: Approvals
  clock: Clock
  confirmUrl(changeId: string): string
  codec: RequestStateCodec<GateState>
  onFault: (fault: Fault) => void
}

interface GatedSite<Domain> {
  domain: Domain
  server: McpServer
  context: ServerContext
  gate: GateDeps
}

export const gatedOutput = changeOutput

/**
 * Files what the tool plans and says who must decide. A second round reads the outcome from the database; what the
 * client answers to the elicitation is never looked at, because its "accept" only means that the link was opened.
 */
export async function gatedAnswer<Domain>(
  tool: GatedTool<Domain, z.ZodObject>,
  args: Record<string, unknown>,
  site: GatedSite<Domain>,
): Promise<CallToolResult | InputRequiredResult> {
  const { context, gate } = site
  const argumentsHash = sha256Hex(canonicalJson(args))
  const handedBack: unknown = context.mcpReq.requestState()
  if (handedBack !== undefined) {
    const change = changeOf(gate, handedBack, { tool: tool.name, argumentsHash })
    return change
      ? structuredAnswer(outcomeOf(change, gate.confirmUrl))
      : refusedAnswer('This answer belongs to another call. Call the tool again without it.')
  }
  const filed = await file(tool, args, site, argumentsHash)
  if (filed.kind === 'refused') return refusedAnswer(filed.why)
  const { change } = filed
  if (!canOpenLinks(context)) return structuredAnswer(outcomeOf(change, gate.confirmUrl))
  const state = { tool: tool.name, argumentsHash, changeId: change.id, digest: change.digest }
  return inputRequired({
    inputRequests: {
      decision: inputRequired.elicitUrl({
        message: `A person has to decide in HWLab: ${change.title}`,
        url: gate.confirmUrl(change.id),
      }),
    },
    requestState: await gate.codec.mint(state, context),
  })
}

async function file<Domain>(
  tool: GatedTool<Domain, z.ZodObject>,
  args: Record<string, unknown>,
  { domain, server, context, gate }: GatedSite<Domain>,
  argumentsHash: string,
): Promise<{ kind: 'filed'; change: ChangeRequest } | { kind: 'refused'; why: string }> {
  const requester = `client:${clientName(server, context)}`
  const ended = await bounded(
    tool,
    { server, context, clock: gate.clock, onFault: gate.onFault },
    async (call) => {
      const outcome = await tool.plan(args, domain, call)
      if (outcome.kind === 'refused') return outcome
      if (call.signal.aborted)
        return { kind: 'refused' as const, why: 'The call was ended before anything was proposed.' }
      const callKey = sha256Hex(canonicalJson({ server: gate.server, tool: tool.name, argumentsHash }))
      const from = { server: gate.server, tool: tool.name, requester, callKey }
      return gate.approvals.fileIfRoom(outcome.plan, from)
    },
  )
  return ended.kind === 'refused' ? ended : ended.result
}

function changeOf(
  gate: GateDeps,
  handedBack: unknown,
  call: { tool: string; argumentsHash: string },
): ChangeRequest | null {
  const state = gateStateSchema.safeParse(handedBack)
  if (!state.success || state.data.tool !== call.tool || state.data.argumentsHash !== call.argumentsHash)
    return null
  const change = gate.approvals.get(state.data.changeId)
  return change?.digest === state.data.digest ? change : null
}
