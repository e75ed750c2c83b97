import type { OperatorDesk } from '../operator-desk.ts'
import { type MeterResponses, meterRequests } from '../protocol/meters.ts'
import type { RequestBody } from '../protocol.ts'
import { type Asked, checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may ask about power meters. A page looks at one meter at a time. */
export function meterHandlers(desk: OperatorDesk): Record<keyof MeterResponses, Handler> {
  const looking = new Map<string, () => void>()
  const pages = new WeakSet<Asked['socket']>()

  function endLook(socketId: string): void {
    looking.get(socketId)?.()
    looking.delete(socketId)
  }
  async function watch({ key, watching }: RequestBody<'meter-watch'>, { socket }: Asked) {
    endLook(socket.id)
    if (!watching) return { kind: 'ok' as const, value: { history: [] } }
    const watched = desk.watchMeter(key, (frame) => socket.volatile.emit('meter-frame', frame))
    if (watched.kind === 'refused') return watched
    looking.set(socket.id, watched.stop)
    if (!pages.has(socket)) socket.once('disconnect', () => endLook(socket.id))
    pages.add(socket)
    return { kind: 'ok' as const, value: { history: watched.history } }
  }

  return {
    'meter-watch': checked('meter-watch', (body) => meterRequests['meter-watch'].safeParse(body), watch),
    'meter-record': checked(
      'meter-record',
      (body) => meterRequests['meter-record'].safeParse(body),
      (body, { operator }) => desk['meter-record'](body, operator),
    ),
    'meter-record-stop': checked(
      'meter-record-stop',
      (body) => meterRequests['meter-record-stop'].safeParse(body),
      (body, { operator }) => desk['meter-record-stop'](body, operator),
    ),
    'recording-open': checked(
      'recording-open',
      (body) => meterRequests['recording-open'].safeParse(body),
      (body, { operator }) => desk['recording-open'](body, operator),
    ),
    'recording-attach': checked(
      'recording-attach',
      (body) => meterRequests['recording-attach'].safeParse(body),
      (body, { operator }) => desk['recording-attach'](body, operator),
    ),
    'recording-delete': checked(
      'recording-delete',
      (body) => meterRequests['recording-delete'].safeParse(body),
      (body, { operator }) => desk['recording-delete'](body, operator),
    ),
    'simulated-move': checked(
      'simulated-move',
      (body) => meterRequests['simulated-move'].safeParse(body),
      (body, { operator }) => desk['simulated-move'](body, operator),
    ),
    'simulated-turn': checked(
      'simulated-turn',
      (body) => meterRequests['simulated-turn'].safeParse(body),
      (body, { operator }) => desk['simulated-turn'](body, operator),
    ),
    'simulated-plug': checked(
      'simulated-plug',
      (body) => meterRequests['simulated-plug'].safeParse(body),
      (body, { operator }) => desk['simulated-plug'](body, operator),
    ),
  }
}
