import type { ToolAnnotations } from '@modelcontextprotocol/server'
import type { Tier } from './tool.ts'

/**
 * What a tool tells clients about itself. Hosts skip their own prompt on `readOnlyHint`, so an optimistic value would be
 * a security bug.
 */
export function annotationsOf({ tier, openWorld }: { tier: Tier; openWorld: boolean }): ToolAnnotations {
  return { ...byTier[tier], openWorldHint: openWorld }
}

const byTier: Record<Tier, Omit<Required<ToolAnnotations>, 'title' | 'openWorldHint'>> = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
  draft: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  write: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  'bulk-or-destructive': { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
  physical: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
}
