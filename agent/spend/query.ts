import type { SharedV4ProviderOptions } from '@ai-sdk/provider'
import { z } from 'zod'

/** The question that a call belongs to: all its steps and attempts share one cap. */
export interface Query {
  queryId: string
  conversationId: string | null
}

const querySchema = z.object({ queryId: z.string(), conversationId: z.string().nullable() })
const optionsName = 'hwlab'

/** Handed down with a call; no provider knows this name, so it is not sent. */
export function forQuery({ queryId, conversationId }: Query): SharedV4ProviderOptions {
  return { [optionsName]: { queryId, conversationId } }
}

/** null: the call stands for itself. */
export function queryOf(options: SharedV4ProviderOptions | undefined): Query | null {
  const query = querySchema.safeParse(options?.[optionsName])
  return query.success ? query.data : null
}
