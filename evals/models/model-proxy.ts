import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface PassedOn {
  status: number
  contentType: string
  body: Buffer
}

export interface ModelProxy {
  baseUrl: string
  close(): Promise<void>
}

/** A loopback server in front of another one; `handle` decides what becomes of each request. */
export async function openModelProxy(
  handle: (
    request: { method: string; path: string; body: string },
    response: ServerResponse,
  ) => Promise<void>,
): Promise<ModelProxy> {
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => handle({ method: request.method ?? 'GET', path: request.url ?? '/', body }, response))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Asks the server behind; the path is the one that came in, `/v1` included. */
export async function passOn(
  target: { baseUrl: string; key?: string },
  { method, path, body }: { method: string; path: string; body: string },
): Promise<PassedOn> {
  const response = await fetch(new URL(path, target.baseUrl), {
    method,
    headers: {
      'content-type': 'application/json',
      ...(target.key === undefined ? {} : { authorization: `Bearer ${target.key}` }),
    },
    ...(method === 'GET' ? {} : { body }),
  })
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: Buffer.from(await response.arrayBuffer()),
  }
}

/** OpenAI's path, or Ollama's own. */
export const isChat = (path: string) => /\/(chat\/completions|api\/chat)$/.test(path.split('?')[0] ?? '')

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
