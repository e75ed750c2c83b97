import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server'
import type { z } from 'zod'
import { clientName } from './caller.ts'
import type { Clock } from './clock.ts'
import { diskTrouble } from './disk-trouble.ts'
import type { OpenTool, ToolCall } from './tool.ts'

export interface Fault {
  tool: string
  cause: unknown
}

export interface CallSite {
  server: McpServer
  context: ServerContext
  clock: Clock
  onFault: (fault: Fault) => void
}

/** Every way in which a piece of a tool can end. */
export type Bounded<Result> = { kind: 'ended'; result: Result } | { kind: 'refused'; why: string }

/**
 * The boundary of a tool call: within its time limit, and whatever it throws stays here. The client gets our sentence,
 * the cause goes to `onFault`.
 */
export async function bounded<Result>(
  tool: { name: string; title: string; timeLimitMs: number },
  site: CallSite,
  work: (call: ToolCall) => Promise<Result>,
): Promise<Bounded<Result>> {
  const limit = new AbortController()
  const late = Promise.withResolvers<'late'>()
  const cancelTimer = site.clock.after(tool.timeLimitMs, () => {
    limit.abort(new Error(`${tool.name} took longer than ${tool.timeLimitMs} ms`))
    late.resolve('late')
  })
  const call: ToolCall = {
    signal: AbortSignal.any([site.context.mcpReq.signal, limit.signal]),
    client: clientName(site.server, site.context),
    progress: progressOf(site.context),
  }
  try {
    const result = await Promise.race([work(call).then((value) => ({ value })), late.promise])
    if (result !== 'late') return { kind: 'ended', result: result.value }
    const seconds = Math.round(tool.timeLimitMs / 1000)
    return refusal(
      `“${tool.title}” took longer than ${seconds} s and was stopped, so its answer is not known. Try it again.`,
    )
  } catch (cause) {
    site.onFault({ tool: tool.name, cause })
    return refusal(
      diskTrouble(cause) ??
        `“${tool.title}” did not work; nothing was changed by it. Try it again, or look at HWLab’s log.`,
    )
  } finally {
    cancelTimer()
  }
}

export async function runOpenTool<Domain>(
  tool: OpenTool<Domain, z.ZodObject, z.ZodObject>,
  args: Record<string, unknown>,
  domain: Domain,
  site: CallSite,
): Promise<Bounded<Record<string, unknown>>> {
  const ended = await bounded(tool, site, async (call) => {
    const outcome = await tool.run(args, domain, call)
    return outcome.kind === 'refused' ? outcome : { ...outcome, output: tool.output.parse(outcome.output) }
  })
  if (ended.kind === 'refused') return ended
  return ended.result.kind === 'refused' ? ended.result : { kind: 'ended', result: ended.result.output }
}

export function openAnswer(ended: Bounded<Record<string, unknown>>): CallToolResult {
  return ended.kind === 'refused' ? refusedAnswer(ended.why) : structuredAnswer(ended.result)
}

/** The text repeats the structured content for clients that only read text. */
export function structuredAnswer(output: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(output) }], structuredContent: output }
}

export function refusedAnswer(why: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: why }] }
}

function refusal(why: string): { kind: 'refused'; why: string } {
  return { kind: 'refused', why }
}

/** Progress goes out only to a client that asked for it; a client that is gone is not waited for. */
export function progressOf(context: ServerContext): (words: string) => void {
  const progressToken = context.mcpReq._meta?.progressToken
  if (progressToken === undefined) return () => {}
  let progress = 0
  return (message) => {
    progress += 1
    const params = { progressToken, progress, message }
    context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {})
  }
}
