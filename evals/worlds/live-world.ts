import type { Providers } from '../../agent/models/open-providers.ts'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'

/** What a world needs to be answered by a real model that was tried before, under caps that hold over many worlds. */
export interface LiveWorld {
  /** On disk: what was spent survives a crash. */
  databasePath: string
  providers: Providers
  answerWithinMs: number
  /** Before anything is started. */
  begin(database: LabDatabase): void
  /** When everything has ended. */
  end(database: LabDatabase): void
}
