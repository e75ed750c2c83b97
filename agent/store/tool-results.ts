import type { LabDatabase } from './lab-database.ts'

export interface KeptResult {
  conversationId: string
  reference: string
  line: string
  text: string
  createdAtMs: number
}

/** Table `tool_results`: what a tool answered, where a model may get it only in part. */
export function toolResultsTable(database: LabDatabase) {
  const put = database.prepare<KeptResult>(
    `insert into tool_results (conversation_id, reference, line, text, created_at_ms)
     values (@conversationId, @reference, @line, @text, @createdAtMs)
     on conflict (conversation_id, reference) do update set line = @line, text = @text, created_at_ms = @createdAtMs`,
  )
  const get = database.prepare<[string, string], { text: string }>(
    'select text from tool_results where conversation_id = ? and reference = ?',
  )
  return {
    put(result: KeptResult): void {
      put.run(result)
    },
    text: (conversationId: string, reference: string): string | null =>
      get.get(conversationId, reference)?.text ?? null,
  }
}
export type ToolResultsTable = ReturnType<typeof toolResultsTable>
