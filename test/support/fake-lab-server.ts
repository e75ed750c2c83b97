import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import sharp from 'sharp'
import { Server } from 'socket.io'
import { z } from 'zod'
import type { Chunk, Conversation, Message } from '../../agent/protocol/messages.ts'
import type { MeterFrame } from '../../agent/protocol/meters.ts'
import type { LabSection } from '../../agent/protocol.ts'
import { requestSchemas } from '../../agent/protocol.ts'
import { fakeDrift } from './fake-drift.ts'
import { fakeBench, fakeConnections, startedAt } from './fake-lab-things.ts'
import { fakeMemory } from './fake-memory.ts'
import { fakeLabelSvg, fakePhotoJpeg } from './fake-pictures.ts'
import { fakeQueue } from './fake-queue.ts'
import { fakeSpend } from './fake-spend.ts'
import { testerPhotoJpeg } from './tester-photo.ts'

export interface Heard {
  name: string
  body: unknown
}

/** A server that speaks the protocol over real sockets and does only what a test or a script tells it to do. */
export interface FakeLabServer {
  url: string
  conversation: Conversation
  /** A conversation that is not there any more. */
  deletedId: string | null
  /** What the ui asked for, in order. */
  heard: Heard[]
  /** Called for each request; a string refuses it with that sentence, anything else is the value of the answer. A promise is waited for. */
  answer: (request: Heard) => unknown
  send(section: LabSection): void
  emit(body: Chunk['body']): void
  frame(frame: MeterFrame): void
  /** Remembered like any other, but it reaches nobody. */
  lose(body: Chunk['body']): void
  /** Begins a new run; its chunks are remembered for whoever opens the conversation again. */
  startRun(runId: string): void
  dropSockets(): void
  close(): Promise<void>
}

const openSchema = requestSchemas['conversation-open']
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

export async function openFakeLabServer(options: {
  uiFolder: string
  port?: number
}): Promise<FakeLabServer> {
  const sections = new Map<string, LabSection>()
  let chunks: Chunk[] = []
  let run: { runId: string; lastSeq: number } | null = null
  const http = createServer(getRequestListener(pages(options.uiFolder).fetch))
  const io = new Server(http)

  function number(body: Chunk['body']): Chunk {
    if (!run) throw new Error('startRun comes first')
    run.lastSeq += 1
    const chunk = { conversationId: lab.conversation.id, runId: run.runId, seq: run.lastSeq, body }
    chunks.push(chunk)
    if (body.kind === 'message-start') keep(lab.conversation.messages, body.message)
    if (body.kind === 'run-end') run = null
    return chunk
  }

  const lab: FakeLabServer = {
    url: '',
    conversation: { id: 'conversation-1', title: 'New conversation', messages: [], run: null },
    deletedId: null,
    heard: [],
    answer: () => ({}),
    send(section) {
      sections.set(section.section, section)
      io.emit('lab-section', section)
    },
    startRun(runId) {
      run = { runId, lastSeq: 0 }
      chunks = []
    },
    emit: (body) => io.emit('chunk', number(body)),
    frame: (frame) => io.emit('meter-frame', frame),
    lose: (body) => number(body),
    dropSockets: () => io.disconnectSockets(true),
    close: async () => {
      await io.close()
    },
  }
  for (const section of firstSections()) lab.send(section)

  io.on('connection', (socket) => {
    for (const section of sections.values()) socket.emit('lab-section', section)
    for (const [name, schema] of Object.entries(requestSchemas)) {
      socket.on(name, async (packet: unknown, acknowledge: (answer: unknown) => void) => {
        const body: z.ZodSafeParseResult<unknown> = z.safeParse(schema, packet)
        if (!body.success) {
          acknowledge({ kind: 'refused', why: 'The request does not fit the protocol.' })
          return
        }
        if (name === 'conversation-open') {
          if (lab.deletedId !== null && openSchema.parse(body.data).conversationId === lab.deletedId) {
            acknowledge({ kind: 'refused', why: 'This conversation is not there any more.' })
            return
          }
          acknowledge({ kind: 'ok', value: { conversation: { ...lab.conversation, run }, chunks } })
          return
        }
        const request = { name, body: body.data }
        lab.heard.push(request)
        const value = await lab.answer(request)
        acknowledge(typeof value === 'string' ? { kind: 'refused', why: value } : { kind: 'ok', value })
      })
    }
  })
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('The fake lab has no port')
  lab.url = `http://127.0.0.1:${address.port}`
  return lab
}

function keep(messages: Message[], message: Message): void {
  const known = messages.findIndex((other) => other.id === message.id)
  if (known === -1) messages.push(message)
  else messages[known] = message
}

function firstSections(): LabSection[] {
  return [
    { section: 'session', value: { operator: 'operator', version: '0.1.0', readOnly: false } },
    { section: 'items', value: [] },
    { section: 'changes', value: [] },
    { section: 'queue', value: fakeQueue() },
    { section: 'drift', value: fakeDrift() },
    { section: 'spend', value: fakeSpend() },
    { section: 'memory', value: fakeMemory() },
    { section: 'bench', value: fakeBench() },
    { section: 'connections', value: fakeConnections() },
    {
      section: 'conversations',
      value: [
        {
          id: 'conversation-1',
          title: 'New conversation',
          updatedAt: new Date().toISOString(),
          pinned: false,
        },
        { id: 'conversation-0', title: 'Which switch has free ports?', updatedAt: startedAt, pinned: false },
      ],
    },
  ]
}

const cropSchema = z.object({
  left: z.coerce.number(),
  top: z.coerce.number(),
  width: z.coerce.number(),
  height: z.coerce.number(),
})

function pages(uiFolder: string): Hono {
  const app = new Hono()
  const photo = fakePhotoJpeg()
  const jpeg = { 'content-type': 'image/jpeg' }
  app.use(async (context, next) => {
    await next()
    context.header('content-security-policy', policy)
  })
  app.get('/attachments/:id', async (context) => {
    const lit = /^lamps-(\w)-(\w)$/.exec(context.req.param('id'))
    const shown = lit ? testerPhotoJpeg({ near: [lit[1] ?? ''], far: [lit[2] ?? ''] }) : photo
    return context.body(new Uint8Array(await shown), 200, jpeg)
  })
  app.get('/attachments/:id/crop', async (context) => {
    const box = cropSchema.parse(context.req.query())
    return context.body(
      new Uint8Array(
        await sharp(await photo)
          .extract(box)
          .toBuffer(),
      ),
      200,
      jpeg,
    )
  })
  app.get('/labels/items/:file', (context) =>
    context.body(fakeLabelSvg, 200, { 'content-type': 'image/svg+xml' }),
  )
  app.post('/uploads', async (context) => {
    const form = await context.req.formData()
    const files = form.getAll('photo').map((file, position) => {
      const name = file instanceof File ? file.name : 'photo'
      if (name.includes('broken'))
        return { kind: 'refused', name, why: 'This photo is cut off. Take it again.' }
      return { kind: 'stored', attachmentId: `up-${position}`, name, widthPixels: 1200, heightPixels: 800 }
    })
    return context.json({ files })
  })
  app.post('/sign-in', async (context) => {
    const { token } = z.object({ token: z.string() }).parse(await context.req.json())
    return context.body(null, token === 'good' ? 204 : 403)
  })
  app.get('*', async (context) => {
    const path = context.req.path
    const file = path === '/sign-in' ? 'sign-in.html' : extname(path) === '' ? 'index.html' : path.slice(1)
    const bytes = await readFile(join(uiFolder, file)).catch(() => null)
    if (!bytes) return context.notFound()
    const contentType = contentTypes[extname(file)] ?? 'application/octet-stream'
    return context.body(new Uint8Array(bytes), 200, { 'content-type': contentType })
  })
  return app
}
