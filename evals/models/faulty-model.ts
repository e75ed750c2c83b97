import type { ServerResponse } from 'node:http'
import { isChat, type ModelProxy, openModelProxy, type PassedOn, passOn } from './model-proxy.ts'

/** What the line does to a good answer. */
export type LineFault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'page' }
  | { kind: 'blank' }
  /** No answer at all: the connection breaks. */
  | { kind: 'no-answer' }
  /** Some of the body, then the connection breaks (`reset`) or ends as if all were well (`cut`). `share`: 0 to 1. */
  | { kind: 'reset' | 'cut'; share: number }
  | { kind: 'bytewise' }
  /** The body with something in it replaced. */
  | { kind: 'rewritten'; rewrite(body: string): string }

/** In front of any double: the chat calls that `faultOf` names go wrong, all else passes as it is. `call` counts from 1. */
export async function openFaultyModel(
  target: { baseUrl: string; key?: string },
  faultOf: (asked: string, call: number) => LineFault | null,
): Promise<ModelProxy> {
  let calls = 0
  return openModelProxy(async (request, response) => {
    if (isChat(request.path)) calls += 1
    const fault = isChat(request.path) ? faultOf(request.body, calls) : null
    if (fault && answersInstead(fault, response)) return
    const answer = await passOn(target, request)
    await send(answer, fault, response)
  })
}

function answersInstead(fault: LineFault, response: ServerResponse): boolean {
  if (fault.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
    response.end(JSON.stringify({ error: { message: 'secret-detail', code: fault.status } }))
  } else if (fault.kind === 'page') {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Captive portal</title><p>secret-detail')
  } else if (fault.kind === 'blank') response.end()
  else if (fault.kind === 'no-answer') response.destroy()
  else return false
  return true
}

async function send(answer: PassedOn, fault: LineFault | null, response: ServerResponse): Promise<void> {
  const body =
    fault?.kind === 'rewritten' ? Buffer.from(fault.rewrite(answer.body.toString('utf8'))) : answer.body
  response.writeHead(answer.status, { 'content-type': answer.contentType })
  if (fault?.kind === 'reset' || fault?.kind === 'cut') {
    await written(response, body.subarray(0, Math.floor(body.length * fault.share)))
    if (fault.kind === 'reset') response.destroy()
    else response.end()
    return
  }
  if (fault?.kind === 'bytewise') for (const byte of body) await written(response, Buffer.from([byte]))
  else await written(response, body)
  response.end()
}

const written = (response: ServerResponse, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    response.write(bytes, () => resolve())
  })
