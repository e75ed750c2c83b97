import type { Client } from '@modelcontextprotocol/client'
import { isInputRequiredResult } from '@modelcontextprotocol/client'
import type { ChangeRequest } from '../../mcp-servers/approval/change-request.ts'
import type { ForeignPlan } from './foreign-tools.ts'
import { callOnce, connectInProcess, modernWithLinks, type Said } from './mcp-clients.ts'
import { type ForeignWorld, type OpenedOthers, openForeignWorld, openOthers } from './open-others.ts'

/** What the agent tells with a call in a conversation where nothing of others was read. */
export const clean = { 'hwlab/conversation': 'talk-1', 'hwlab/clean': true }

type Meta = Record<string, unknown>
type Answered = { kind: 'said' } & Said
interface AskedFor {
  kind: 'asked'
  change: ChangeRequest
  requestState: string
}

/** A lab with one other server, `proxmox`, and a client that calls its tools. */
export interface ForeignCaller {
  world: ForeignWorld
  lab: OpenedOthers
  client: Client
  call(tool: string, args?: Record<string, unknown>, meta?: Meta): Promise<Answered | AskedFor>
  /** A call that has to wait for a person. */
  asked(tool: string, args?: Record<string, unknown>, meta?: Meta): Promise<AskedFor>
  setPolicy(tool: string, policy?: 'allow' | 'ask' | 'never'): ReturnType<OpenedOthers['others']['setPolicy']>
  close(): Promise<void>
}

export async function openForeignCaller(
  tools: ForeignPlan['tools'],
  readOnly = false,
): Promise<ForeignCaller> {
  const world = openForeignWorld()
  world.plan('proxmox', { tools })
  world.writeFile({ proxmox: world.program('proxmox', { env: { PROXMOX_TOKEN: 'root@pam!very-secret' } }) })
  const lab = await openOthers(world, {
    readOnly,
    conceal: (text) => text.replaceAll('very-secret', '[secret]'),
  })
  await lab.others.idle()
  const client = await connectInProcess(lab.others.fetch, modernWithLinks)

  async function call(
    tool: string,
    args: Record<string, unknown> = {},
    meta: Meta = clean,
  ): Promise<Answered | AskedFor> {
    const answer = await callOnce(client, { name: `proxmox_${tool}`, arguments: args, _meta: meta })
    if (!isInputRequiredResult(answer)) return { kind: 'said', ...(answer satisfies Said) }
    const change = lab.approvals.open().at(-1)
    if (!change) throw new Error('asked for a decision without a request')
    return { kind: 'asked', change, requestState: answer.requestState ?? '' }
  }
  return {
    ...{ world, lab, client, call },
    async asked(tool, args, meta) {
      const answer = await call(tool, args, meta)
      if (answer.kind === 'asked') return answer
      throw new Error(`not asked: ${answer.text}`)
    },
    setPolicy(tool, policy = 'allow') {
      const shown = lab.server('proxmox')?.tools.find((one) => one.tool === tool)
      const { fingerprint = '' } = shown ?? {}
      return lab.others.setPolicy({ server: 'proxmox', tool, fingerprint, policy }, 'operator')
    },
    async close() {
      await client.close()
      await lab.close()
      world.remove()
    },
  }
}
