import type { SearchClient } from './client.ts'

/** What the tools of this server may do. */
export type SearchDomain = SearchClient
