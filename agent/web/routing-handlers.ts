import { type RoutingResponses, routingRequests } from '../protocol/routing.ts'
import type { Routing } from '../routing/open-routing.ts'
import { checked, type Handler } from './socket-handler.ts'

export type RoutingDesk = Pick<Routing, 'use' | 'setRules' | 'setReplays' | 'open' | 'learn' | 'forget'>

/** What a signed-in page may ask about who answers. */
export function routingHandlers(routing: RoutingDesk): Record<keyof RoutingResponses, Handler> {
  return {
    'route-use': checked(
      'route-use',
      (body) => routingRequests['route-use'].safeParse(body),
      async ({ conversationId, wish }) => routing.use(conversationId, wish),
    ),
    'route-rules': checked(
      'route-rules',
      (body) => routingRequests['route-rules'].safeParse(body),
      async (body) => routing.setRules(body),
    ),
    'route-replays': checked(
      'route-replays',
      (body) => routingRequests['route-replays'].safeParse(body),
      async ({ isOn }) => routing.setReplays(isOn),
    ),
    'route-learn': checked(
      'route-learn',
      (body) => routingRequests['route-learn'].safeParse(body),
      async (body) => routing.learn(body),
    ),
    'route-forget': checked(
      'route-forget',
      (body) => routingRequests['route-forget'].safeParse(body),
      async (body) => routing.forget(body),
    ),
    'route-open': checked(
      'route-open',
      (body) => routingRequests['route-open'].safeParse(body),
      async ({ messageId }) => ({ kind: 'ok', value: { route: routing.open(messageId) } }),
    ),
  }
}
