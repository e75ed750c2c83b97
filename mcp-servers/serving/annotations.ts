import type { ToolAnnotations } from '@modelcontextprotocol/server'
import type { Tier } from './tool.ts'

/**
 * What a tool tells clients about itself. Hosts skip their own prompt on `readOnlyHint`, so an optimistic value would be
 * a security bug. Left out is what has no meaning beside `readOnlyHint`, and `idempotentHint`, false unless said.
 * Source: MCP specification 2025-11-25, ToolAnnotations.
 */
export function annotationsOf({ tier, openWorld }: { tier: Tier; openWorld: boolean }): ToolAnnotations {
  return { ...byTier[tier], openWorldHint: openWorld }
}

const byTier: Record<Tier, Pick<ToolAnnotations, 'readOnlyHint' | 'destructiveHint'>> = {
  read: { readOnlyHint: true },
  draft: { readOnlyHint: false, destructiveHint: false },
  write: { readOnlyHint: false, destructiveHint: false },
  'bulk-or-destructive': { readOnlyHint: false, destructiveHint: true },
  physical: { readOnlyHint: false, destructiveHint: true },
}
