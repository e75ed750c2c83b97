import type { Facts } from '../facts/open-facts.ts'
import { type FactResponses, factRequests } from '../protocol/facts.ts'
import { checked, type Handler } from './socket-handler.ts'

export type FactsDesk = Pick<Facts, 'add' | 'edit' | 'forget'>

/** What a signed-in page may do with what HWLab remembers. */
export function factHandlers(facts: FactsDesk): Record<keyof FactResponses, Handler> {
  return {
    'fact-add': checked(
      'fact-add',
      (body) => factRequests['fact-add'].safeParse(body),
      async (body, { operator }) => facts.add(body, operator),
    ),
    'fact-edit': checked(
      'fact-edit',
      (body) => factRequests['fact-edit'].safeParse(body),
      async (body, { operator }) => facts.edit(body, operator),
    ),
    'fact-forget': checked(
      'fact-forget',
      (body) => factRequests['fact-forget'].safeParse(body),
      async (body, { operator }) => facts.forget(body, operator),
    ),
  }
}
