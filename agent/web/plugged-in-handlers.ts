import type { OperatorDesk } from '../operator-desk.ts'
import { type PluggedInResponses, pluggedInRequests } from '../protocol/plugged-in.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may do with a device that is plugged in. */
export function pluggedInHandlers(desk: OperatorDesk): Record<keyof PluggedInResponses, Handler> {
  return {
    'device-intake': checked(
      'device-intake',
      (body) => pluggedInRequests['device-intake'].safeParse(body),
      (body, { operator }) => desk['device-intake'](body, operator),
    ),
  }
}
