import type { OperatorDesk } from '../operator-desk.ts'
import { type OthersResponses, othersRequests } from '../protocol/others.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may decide about MCP servers of others. */
export function othersHandlers(desk: OperatorDesk): Record<keyof OthersResponses, Handler> {
  return {
    'others-policy': checked(
      'others-policy',
      (body) => othersRequests['others-policy'].safeParse(body),
      (body, { operator }) => desk['others-policy'](body, operator),
    ),
    'others-try-again': checked(
      'others-try-again',
      (body) => othersRequests['others-try-again'].safeParse(body),
      (body, { operator }) => desk['others-try-again'](body, operator),
    ),
    'others-settle': checked(
      'others-settle',
      (body) => othersRequests['others-settle'].safeParse(body),
      (body, { operator }) => desk['others-settle'](body, operator),
    ),
  }
}
