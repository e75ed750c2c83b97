import type { Socket } from 'socket.io'
import type { Answer, RequestBody, RequestName, ResponseValues, ServerEvents } from '../protocol.ts'

export type LabSocket = Socket<Record<string, never>, ServerEvents>

export interface Asked {
  body: unknown
  operator: string
  socket: LabSocket
}
export type Handler = (asked: Asked) => Promise<Answer<unknown>>

/** Checks the body against the request's schema, then calls `work` with it. */
export function checked<Name extends RequestName>(
  name: Name,
  parse: (body: unknown) => { success: true; data: RequestBody<Name> } | { success: false },
  work: (body: RequestBody<Name>, asked: Asked) => Promise<Answer<ResponseValues[Name]>>,
): Handler {
  return async (asked) => {
    const body = parse(asked.body)
    if (!body.success)
      return { kind: 'refused', why: `This ${name.replace('-', ' ')} could not be read. Reload the page.` }
    return work(body.data, asked)
  }
}
