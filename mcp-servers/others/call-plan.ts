import { z } from 'zod'
import type { CardLine, ChangePlan } from '../approval/change-request.ts'
import { type Refusal, refused } from '../serving/tool.ts'
import type { ForeignTool } from './foreign-server.ts'
import { plainLine, visibleJson } from './plain-text.ts'
import type { Standing } from './tool-policies.ts'
import { isDestructive } from './tool-shape.ts'

export const callStepKind = 'others.call_tool'

/** What is sent, and to whom. */
export const callPayloadSchema = z.object({
  server: z.string(),
  tool: z.string(),
  fingerprint: z.string(),
  args: z.record(z.string(), z.json()),
  conversation: z.string().nullable(),
})

/** More than this nobody reads on a card. */
const argumentsMax = 4000
const lineMax = 300

export interface AskedCall {
  tool: ForeignTool
  args: Record<string, unknown>
  conversation: string | null
  standing: Standing
}

/** The card for a call: every value as it will be sent, what the server says about the tool, and what to think of. */
export function callPlan(asked: AskedCall): { kind: 'plan'; plan: ChangePlan } | Refusal {
  const { server, shape, fingerprint } = asked.tool
  const payload = callPayloadSchema.safeParse({ ...asked, server, tool: shape.name, fingerprint })
  if (!payload.success) return refused('The arguments cannot be sent. Give plain values.')
  if (JSON.stringify(asked.args).length > argumentsMax)
    return refused(
      `These arguments are too long for a person to read before they are sent: at most ${argumentsMax} characters.`,
    )
  const name = plainLine(shape.name, 64)
  return {
    kind: 'plan',
    plan: {
      title: `Call ${name} of ${server}`,
      tier: isDestructive(shape) ? 'bulk-or-destructive' : 'write',
      steps: [
        {
          kind: callStepKind,
          title: `Send this to ${server}, once`,
          payload: payload.data,
          waitsFor: null,
          optional: false,
        },
      ],
      lines: linesOf(asked, name),
      warnings: warningsOf(asked),
      itemId: null,
    },
  }
}

function linesOf({ tool: { server, shape }, args, standing }: AskedCall, name: string): CardLine[] {
  const sent = Object.entries(args).map(([label, value]) =>
    line(`argument ${plainLine(label, 64)}`, visibleJson(value)),
  )
  const description = plainLine(shape.description ?? '', lineMax)
  const drifted = standing.drift?.map(({ label, before, after }) => ({
    label: `Changed: ${plainLine(label, 64)}`,
    before: before === null ? null : plainLine(before, lineMax),
    after: after === null ? null : plainLine(after, lineMax),
  }))
  return [
    line('Server', server),
    line('Tool', name),
    ...(sent.length > 0 ? sent : [line('Arguments', 'none')]),
    ...(description === '' ? [] : [line(`${server} says about it`, `“${description}”`)]),
    ...(drifted ?? []),
  ]
}

function line(label: string, after: string): CardLine {
  return { label, before: null, after }
}

function warningsOf({ tool: { server, shape }, standing }: AskedCall): string[] {
  if (standing.drift)
    return [`${server} changed this tool since you allowed it. Below stands what is different.`]
  if (isDestructive(shape))
    return [`${server} says that this can destroy something. HWLab cannot take it back.`]
  if (standing.policy === 'allow')
    return [
      'You allowed this tool. It is asked for all the same, because this conversation has read text that others wrote, and that may be what asks. Look at the values.',
    ]
  return ['HWLab does not know what this does there, and cannot take it back.']
}
