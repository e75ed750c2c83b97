import type { OperatorDesk } from '../operator-desk.ts'
import { type DriftResponses, driftRequests } from '../protocol/drift.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may ask about differences between HWLab and NetBox. */
export function driftHandlers(desk: OperatorDesk): Record<keyof DriftResponses, Handler> {
  return {
    'drift-look': checked(
      'drift-look',
      (body) => driftRequests['drift-look'].safeParse(body),
      (body, { operator }) => desk['drift-look'](body, operator),
    ),
    'drift-act': checked(
      'drift-act',
      (body) => driftRequests['drift-act'].safeParse(body),
      (body, { operator }) => desk['drift-act'](body, operator),
    ),
    'drift-take-all': checked(
      'drift-take-all',
      (body) => driftRequests['drift-take-all'].safeParse(body),
      (body, { operator }) => desk['drift-take-all'](body, operator),
    ),
    'drift-weekly': checked(
      'drift-weekly',
      (body) => driftRequests['drift-weekly'].safeParse(body),
      (body, { operator }) => desk['drift-weekly'](body, operator),
    ),
    'set-back-count': checked(
      'set-back-count',
      (body) => driftRequests['set-back-count'].safeParse(body),
      (body, { operator }) => desk['set-back-count'](body, operator),
    ),
    'set-back-propose': checked(
      'set-back-propose',
      (body) => driftRequests['set-back-propose'].safeParse(body),
      (body, { operator }) => desk['set-back-propose'](body, operator),
    ),
  }
}
