import type { OperatorDesk } from '../operator-desk.ts'
import { type QueueResponses, queueRequests } from '../protocol/queue.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may ask about the queue of approved writes. */
export function queueHandlers(desk: OperatorDesk): Record<keyof QueueResponses, Handler> {
  return {
    'operation-act': checked(
      'operation-act',
      (body) => queueRequests['operation-act'].safeParse(body),
      (body, { operator }) => desk['operation-act'](body, operator),
    ),
    'queue-retry-all': checked(
      'queue-retry-all',
      (body) => queueRequests['queue-retry-all'].safeParse(body),
      (body, { operator }) => desk['queue-retry-all'](body, operator),
    ),
    'queue-check': checked(
      'queue-check',
      (body) => queueRequests['queue-check'].safeParse(body),
      (body, { operator }) => desk['queue-check'](body, operator),
    ),
    'queue-history': checked(
      'queue-history',
      (body) => queueRequests['queue-history'].safeParse(body),
      (body, { operator }) => desk['queue-history'](body, operator),
    ),
  }
}
