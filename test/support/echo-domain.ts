import type { ChangePlan } from '../../mcp-servers/approval/change-request.ts'
import type { ToolCall } from '../../mcp-servers/serving/tool.ts'

/** The domain of the echo tools: words, and a place to hold a call up or make it fail. */
export interface EchoDomain {
  notes: string[]
  beforeAnswer(text: string, call: ToolCall): Promise<void>
  plan(word: string, loud: boolean): ChangePlan
}

export function echoDomain(overrides: Partial<EchoDomain> = {}): EchoDomain {
  return { notes: [], beforeAnswer: async () => {}, plan: wordPlan, ...overrides }
}

/** Stores a word; loud: says it aloud once it is stored, if the person wants that. */
export function wordPlan(word: string, loud = false, itemId: string | null = null): ChangePlan {
  const store = {
    kind: 'echo.create_word',
    title: 'Store the word',
    payload: { word },
    waitsFor: null,
    optional: false,
  }
  const say = {
    kind: 'echo.print_word',
    title: 'Say it aloud',
    payload: { word },
    waitsFor: 0,
    optional: true,
  }
  return {
    title: `Store “${word}”`,
    tier: loud ? 'physical' : 'write',
    steps: loud ? [store, say] : [store],
    lines: [{ label: 'Word', before: null, after: word }],
    warnings: [],
    itemId,
  }
}
