import { z } from 'zod'
import type { Rest } from '../client/rest.ts'

const tokensSchema = z.object({
  results: z.array(
    z.object({
      /** v2: the public half of the token. */
      key: z.string().nullish(),
      /** v1: stars, then its last characters. */
      display: z.string(),
      write_enabled: z.boolean(),
      expires: z.string().nullish(),
      user: z.object({ display: z.string() }).nullish(),
    }),
  ),
})

export interface OwnToken {
  writeEnabled: boolean
  /** ISO 8601; null: never. */
  expires: string | null
  user: string | null
}

/** The token as NetBox keeps it; every user may see the own ones. null: it cannot be told which one it is. */
export async function findOwnToken(rest: Rest, token: string): Promise<OwnToken | null> {
  const query = { limit: 1000 }
  const answer = await rest.call({ method: 'GET', path: 'users/tokens/', query })
  if (answer.kind === 'failed') return null
  const tokens = tokensSchema.safeParse(answer.body)
  if (!tokens.success) return null
  const [own, ...others] = tokens.data.results.filter((row) => isIt(row, token))
  if (!own || others.length > 0) return null
  return { writeEnabled: own.write_enabled, expires: own.expires ?? null, user: own.user?.display ?? null }
}

function isIt(
  { key, display }: { key?: string | null | undefined; display: string },
  token: string,
): boolean {
  if (token.startsWith('nbt_')) return key === token.slice(4).split('.')[0]
  const shown = /\*([^*]{4,})$/.exec(display)?.[1]
  return key === token || (shown !== undefined && token.endsWith(shown))
}
