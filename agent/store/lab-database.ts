import type Database from 'better-sqlite3'

/** The one database of the lab; the agent only touches its own tables. */
export type LabDatabase = Database.Database
