import { z } from 'zod'
import type { Rest } from '../../../../mcp-servers/netbox/client/rest.ts'
import { ensure } from '../../../../mcp-servers/netbox/outbox/ensure.ts'
import type { OperationKind } from '../../../../mcp-servers/netbox/outbox/operation-kind.ts'

const linkSchema = z.object({ name: z.string(), from: z.string(), to: z.string() })
type Link = z.infer<typeof linkSchema>

/** The smallest write that touches two things: it needs both of them to be there. */
export const linkTwo: OperationKind<Link> = {
  kind: 'link_two',
  schema: linkSchema,
  subjects: ({ from, to }) => [from, to],
  title: ({ from, to }) => `${from} to ${to}`,
  async attempt({ rest, signal }, { intent: { name, from, to } }) {
    for (const tag of [from, to]) {
      const found = await isThere(rest, tag, signal)
      if (found !== true) return found
    }
    const slug = name.toLowerCase()
    const made = await ensure(
      rest,
      {
        endpoint: 'extras/tags',
        words: name,
        find: [{ slug }],
        isIt: (row) => row.slug === slug,
        create: { name, slug, color: '607d8b' },
        permission: 'extras.add_tag',
      },
      signal,
    )
    if (made.kind === 'failed') return made
    return { kind: 'confirmed', record: null, words: `${name} is there.`, undo: null }
  },
}

async function isThere(rest: Rest, tag: string, signal: AbortSignal) {
  const found = await rest.list('dcim/devices', { asset_tag: tag }, { signal })
  if (found.kind === 'failed') return found
  return (
    found.rows.some((row) => row.asset_tag === tag) ||
    ({ kind: 'needs-human', why: `${tag} is not there.` } as const)
  )
}
