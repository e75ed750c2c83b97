import { join } from 'node:path'

/** The agent's tables, for whoever opens the database. */
export const agentMigrations = { owner: 'agent', folder: join(import.meta.dirname, 'migrations') }
