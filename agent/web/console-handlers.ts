import type { OperatorDesk } from '../operator-desk.ts'
import { type ConsoleResponses, consoleRequests } from '../protocol/consoles.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import { type Asked, checked, type Handler } from './socket-handler.ts'

const notYours = 'This terminal is not open in this page. Open it here.'

/** What a signed-in page may do with consoles. A terminal belongs to the page that opened it, and ends with it. */
export function consoleHandlers(desk: OperatorDesk): Record<keyof ConsoleResponses, Handler> {
  const { terminals } = desk
  const owners = new Map<string, string>()
  const pages = new WeakSet<Asked['socket']>()

  function end(terminalId: string): void {
    owners.delete(terminalId)
    void terminals.close(terminalId)
  }
  /** Once a page, however many terminals it opens. */
  function endWith(socket: Asked['socket']): void {
    if (pages.has(socket)) return
    pages.add(socket)
    socket.once('disconnect', () => {
      for (const [terminalId, page] of owners) if (page === socket.id) end(terminalId)
    })
  }
  async function open({ place, baudRate }: RequestBody<'terminal-open'>, { operator, socket }: Asked) {
    const early: Uint8Array[] = []
    const opened: { id: string | null } = { id: null }
    const outcome = await terminals.open({
      ...{ place, baudRate, operator },
      onBytes(bytes) {
        if (opened.id === null) early.push(bytes)
        else socket.emit('terminal-bytes', { terminalId: opened.id, bytes })
      },
      onEnd(words) {
        if (opened.id === null) return
        owners.delete(opened.id)
        socket.emit('terminal-end', { terminalId: opened.id, words })
      },
    })
    if (outcome.kind === 'refused') return outcome
    const terminalId = outcome.id
    opened.id = terminalId
    owners.set(terminalId, socket.id)
    endWith(socket)
    // The page may have been closed while the line was opened.
    if (socket.disconnected) end(terminalId)
    for (const bytes of early) socket.emit('terminal-bytes', { terminalId, bytes })
    return { kind: 'ok' as const, value: { terminalId } }
  }
  async function own(
    terminalId: string,
    { socket }: Asked,
    action: () => Promise<{ kind: 'ok' } | { kind: 'refused'; why: string }>,
  ): Promise<Answer<{ terminalId: string }>> {
    if (owners.get(terminalId) !== socket.id) return { kind: 'refused', why: notYours }
    const outcome = await action()
    return outcome.kind === 'refused' ? outcome : { kind: 'ok', value: { terminalId } }
  }

  return {
    'console-look': checked(
      'console-look',
      (body) => consoleRequests['console-look'].safeParse(body),
      (body, { operator }) => desk['console-look'](body, operator),
    ),
    'console-transcript': checked(
      'console-transcript',
      (body) => consoleRequests['console-transcript'].safeParse(body),
      (body, { operator }) => desk['console-transcript'](body, operator),
    ),
    'console-attach': checked(
      'console-attach',
      (body) => consoleRequests['console-attach'].safeParse(body),
      (body, { operator }) => desk['console-attach'](body, operator),
    ),
    'console-delete': checked(
      'console-delete',
      (body) => consoleRequests['console-delete'].safeParse(body),
      (body, { operator }) => desk['console-delete'](body, operator),
    ),
    'console-intake': checked(
      'console-intake',
      (body) => consoleRequests['console-intake'].safeParse(body),
      (body, { operator }) => desk['console-intake'](body, operator),
    ),
    'terminal-open': checked(
      'terminal-open',
      (body) => consoleRequests['terminal-open'].safeParse(body),
      open,
    ),
    'terminal-type': checked(
      'terminal-type',
      (body) => consoleRequests['terminal-type'].safeParse(body),
      (body, asked) =>
        own(body.terminalId, asked, () => terminals.type(body.terminalId, Buffer.from(body.text, 'utf8'))),
    ),
    'terminal-baud': checked(
      'terminal-baud',
      (body) => consoleRequests['terminal-baud'].safeParse(body),
      (body, asked) =>
        own(body.terminalId, asked, () => terminals.setBaudRate(body.terminalId, body.baudRate)),
    ),
    'terminal-break': checked(
      'terminal-break',
      (body) => consoleRequests['terminal-break'].safeParse(body),
      (body, asked) => own(body.terminalId, asked, () => terminals.sendBreak(body.terminalId)),
    ),
    'terminal-close': checked(
      'terminal-close',
      (body) => consoleRequests['terminal-close'].safeParse(body),
      (body, asked) =>
        own(body.terminalId, asked, async () => {
          end(body.terminalId)
          return { kind: 'ok' }
        }),
    ),
  }
}
