import type { OperatorDesk } from '../operator-desk.ts'
import { type CableNoteResponses, cableNoteRequests } from '../protocol/cable-test-notes.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may do to have cable tests in the inventory. */
export function cableNoteHandlers(desk: OperatorDesk): Record<keyof CableNoteResponses, Handler> {
  return {
    'cable-test-cables': checked(
      'cable-test-cables',
      (body) => cableNoteRequests['cable-test-cables'].safeParse(body),
      (body, { operator }) => desk['cable-test-cables'](body, operator),
    ),
    'cable-test-cable': checked(
      'cable-test-cable',
      (body) => cableNoteRequests['cable-test-cable'].safeParse(body),
      (body, { operator }) => desk['cable-test-cable'](body, operator),
    ),
    'cable-test-note': checked(
      'cable-test-note',
      (body) => cableNoteRequests['cable-test-note'].safeParse(body),
      (body, { operator }) => desk['cable-test-note'](body, operator),
    ),
  }
}
