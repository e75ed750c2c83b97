import type { OperatorDesk } from '../operator-desk.ts'
import { type SetupResponses, setupRequests } from '../protocol/setup.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may ask about the set-up of NetBox. */
export function setupHandlers(desk: OperatorDesk): Record<keyof SetupResponses, Handler> {
  return {
    'set-up-check': checked(
      'set-up-check',
      (body) => setupRequests['set-up-check'].safeParse(body),
      (body, { operator }) => desk['set-up-check'](body, operator),
    ),
    'set-up-propose': checked(
      'set-up-propose',
      (body) => setupRequests['set-up-propose'].safeParse(body),
      (body, { operator }) => desk['set-up-propose'](body, operator),
    ),
  }
}
