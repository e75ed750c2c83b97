import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  ableToCall,
  answerProbe,
  type ProbedAbilities,
  whatIsAsked,
} from '../../evals/models/answer-probe.ts'
import type { Step } from '../../evals/models/steps.ts'

/** What the next chat call of the server does. */
export type ModelReply =
  | { kind: 'text'; text: string; pieces?: number }
  | { kind: 'tool'; name: string; args: unknown; id?: string }
  | { kind: 'status'; status: number; body?: string }
  | { kind: 'html' }
  | { kind: 'empty' }
  /** Some text, then the connection ends without a word. */
  | { kind: 'cut'; text: string }
  /** Text whose second half is held back until the promise resolves. */
  | { kind: 'slow'; first: string; rest: string; gate: Promise<void> }

export interface ModelServer {
  baseUrl: string
  /** Bodies of the chat calls, in order, without those that only tried it out. */
  asked: unknown[]
  /** How often it was asked what a message asks for. */
  sorted(): number
  close(): Promise<void>
}

/** A loopback server that speaks OpenAI's chat API as scripted, and misbehaves as real ones do. It calls tools when it is tried out. */
export async function openModelServer(script: {
  models?: string[]
  can?: Partial<ProbedAbilities>
  reply(body: string, call: number): ModelReply | Promise<ModelReply>
  /** What it says when it is asked what a message asks for; left out: that it cannot tell. */
  sort?(body: string): ModelReply | Promise<ModelReply>
}): Promise<ModelServer> {
  const asked: unknown[] = []
  let sorted = 0
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/v1/models')) {
      const data = (script.models ?? ['scripted']).map((id) => ({ id, object: 'model', created: 1 }))
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ object: 'list', data }))
      return
    }
    if (request.method !== 'POST' || !request.url?.endsWith('/chat/completions')) {
      response.statusCode = 404
      response.end('{}')
      return
    }
    readBody(request)
      .then(async (body) => {
        if (body.includes(whatIsAsked)) {
          sorted += 1
          return answer((await script.sort?.(body)) ?? { kind: 'text', text: 'unsure' }, body, response)
        }
        const shown = await answerProbe(body, { ...ableToCall, ...script.can })
        if (shown) return answer(toReply(shown), body, response)
        asked.push(JSON.parse(body))
        await answer(await script.reply(body, asked.length), body, response)
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    sorted: () => sorted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function toReply(step: Step): ModelReply {
  if (step.kind === 'call') return { kind: 'tool', name: step.name, args: JSON.parse(step.args) }
  return step.kind === 'say' ? { kind: 'text', text: step.text } : { kind: 'empty' }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

async function answer(reply: ModelReply, body: string, response: ServerResponse): Promise<void> {
  if (reply.kind === 'status') {
    response.statusCode = reply.status
    response.end(reply.body ?? JSON.stringify({ error: { message: 'secret-detail' } }))
    return
  }
  if (reply.kind === 'html') {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Router</title>')
    return
  }
  if (!body.includes('"stream":true')) {
    answerAtOnce(reply, response)
    return
  }
  response.setHeader('content-type', 'text/event-stream')
  const send = (delta: unknown, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    )
  if (reply.kind === 'text') {
    const size = Math.max(1, Math.ceil(reply.text.length / (reply.pieces ?? 4)))
    for (let at = 0; at < reply.text.length; at += size) send({ content: reply.text.slice(at, at + size) })
    finish('stop')
  } else if (reply.kind === 'tool') {
    const { name, args, id = 'call_1' } = reply
    send({
      tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(args) } }],
    })
    finish('tool_calls')
  } else if (reply.kind === 'slow') {
    send({ content: reply.first })
    await reply.gate
    send({ content: reply.rest })
    finish('stop')
  } else if (reply.kind === 'cut') {
    send({ content: reply.text })
    response.end()
  } else finish('stop')

  function finish(reason: string): void {
    send({}, reason)
    const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 }
    response.write(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [], usage })}\n\n`,
    )
    response.end('data: [DONE]\n\n')
  }
}

function answerAtOnce(reply: ModelReply, response: ServerResponse): void {
  const message =
    reply.kind === 'tool'
      ? {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: reply.name, arguments: JSON.stringify(reply.args) },
            },
          ],
        }
      : { role: 'assistant', content: reply.kind === 'text' ? reply.text : '' }
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'scripted',
      choices: [{ index: 0, message, finish_reason: reply.kind === 'tool' ? 'tool_calls' : 'stop' }],
      usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    }),
  )
}
