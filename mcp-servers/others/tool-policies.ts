import { z } from 'zod'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import type { ForeignTool } from './foreign-server.ts'
import {
  differencesOf,
  isDestructive,
  type ShapeDifference,
  type ToolShape,
  toolShapeSchema,
} from './tool-shape.ts'

export const policies = ['ask', 'allow', 'never'] as const
export type Policy = (typeof policies)[number]

/** What holds for a tool as it is now. */
export interface Standing {
  policy: Policy
  decidedBy: string | null
  decidedAtMs: number | null
  /** Why it is `ask` again although somebody allowed it: its server says other things about it now. */
  drift: ShapeDifference[] | null
}

interface Row {
  policy: Policy
  fingerprint: string
  shape: string
  decided_by: string
  decided_at_ms: number
}

/** The table `tool_policies`. A tool that nobody decided about is asked for. */
export interface ToolPolicies {
  of(tool: ForeignTool): Standing
  set(tool: ForeignTool, policy: Policy, operator: string): void
}

const shapeSchema = z.string().transform((text) => toolShapeSchema.parse(JSON.parse(text)))
const nobody: Standing = { policy: 'ask', decidedBy: null, decidedAtMs: null, drift: null }

export function openToolPolicies(database: LabDatabase, clock: Clock): ToolPolicies {
  const get = database.prepare<[string, string], Row>(
    'select policy, fingerprint, shape, decided_by, decided_at_ms from tool_policies where server = ? and tool = ?',
  )
  const put = database.prepare<[string, string, string, string, string, string, number]>(
    `insert into tool_policies (server, tool, policy, fingerprint, shape, decided_by, decided_at_ms)
     values (?, ?, ?, ?, ?, ?, ?) on conflict (server, tool) do update set policy = excluded.policy,
     fingerprint = excluded.fingerprint, shape = excluded.shape, decided_by = excluded.decided_by,
     decided_at_ms = excluded.decided_at_ms`,
  )
  return {
    of({ server, shape, fingerprint }) {
      const row = get.get(server, shape.name)
      if (!row) return nobody
      const decided = { decidedBy: row.decided_by, decidedAtMs: row.decided_at_ms }
      if (row.policy !== 'allow') return { ...decided, policy: row.policy, drift: null }
      if (row.fingerprint !== fingerprint)
        return { ...decided, policy: 'ask', drift: differencesOf(shapeSchema.parse(row.shape), shape) }
      return { ...decided, policy: isDestructive(shape) ? 'ask' : 'allow', drift: null }
    },
    set({ server, shape, fingerprint }, policy, operator) {
      const text = JSON.stringify(shape satisfies ToolShape)
      put.run(server, shape.name, policy, fingerprint, text, operator, clock.nowMs())
    },
  }
}
