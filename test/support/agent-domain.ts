/** What the test server's tools remember and do; a test changes it. */
export interface AgentTestDomain {
  readings: unknown[]
  intakes: { attachment_ids: string[]; note: string }[]
  mayPropose: boolean
  /** Resolves when a test lets `find_item` go on. */
  gate: Promise<void>
  finds: string[]
  /** Calls that were told to stop. */
  aborts: string[]
}

export function agentTestDomain(): AgentTestDomain {
  return { readings: [], intakes: [], mayPropose: true, gate: Promise.resolve(), finds: [], aborts: [] }
}
