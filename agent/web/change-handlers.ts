import type { OperatorDesk } from '../operator-desk.ts'
import { type ChangeResponses, changeRequests } from '../protocol/changes.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may ask about records that exist already. */
export function changeHandlers(desk: OperatorDesk): Record<keyof ChangeResponses, Handler> {
  return {
    'change-decide': checked(
      'change-decide',
      (body) => changeRequests['change-decide'].safeParse(body),
      (body, { operator }) => desk.decide(body, operator, 'chat-card'),
    ),
    'record-change': checked(
      'record-change',
      (body) => changeRequests['record-change'].safeParse(body),
      (body, { operator }) => desk['record-change'](body, operator),
    ),
    'undo-propose': checked(
      'undo-propose',
      (body) => changeRequests['undo-propose'].safeParse(body),
      (body, { operator }) => desk['undo-propose'](body, operator),
    ),
    'conflict-choose': checked(
      'conflict-choose',
      (body) => changeRequests['conflict-choose'].safeParse(body),
      (body, { operator }) => desk['conflict-choose'](body, operator),
    ),
  }
}
