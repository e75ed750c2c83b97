import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { Conversations } from '../conversation/open-conversations.ts'
import type { Arranging } from '../memory/arrange-conversations.ts'
import type { ModelRoster } from '../models/roster.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import {
  type Answer,
  type Chunk,
  type RequestBody,
  type RequestName,
  requestSchemas,
  type ServerEvents,
} from '../protocol.ts'
import type { Spend } from '../spend/open-spend.ts'
import { cableTestHandlers } from './cable-test-handlers.ts'
import { callHandlers } from './call-handlers.ts'
import { changeHandlers } from './change-handlers.ts'
import { consoleHandlers } from './console-handlers.ts'
import { conversationHandlers } from './conversation-handlers.ts'
import { driftHandlers } from './drift-handlers.ts'
import { type FactsDesk, factHandlers } from './fact-handlers.ts'
import type { LabFeed } from './lab-feed.ts'
import { type MemoryDesk, memoryHandlers } from './memory-handlers.ts'
import { meterHandlers } from './meter-handlers.ts'
import { othersHandlers } from './others-handlers.ts'
import { pluggedInHandlers } from './plugged-in-handlers.ts'
import { printerHandlers } from './printer-handlers.ts'
import { queueHandlers } from './queue-handlers.ts'
import { strangeHost, strangePage } from './request-origin.ts'
import { type RoutingDesk, routingHandlers } from './routing-handlers.ts'
import type { ReadSession } from './session-cookie.ts'
import { setupHandlers } from './setup-handlers.ts'
import { type Asked, checked, type Handler } from './socket-handler.ts'
import { spendHandlers } from './spend-handlers.ts'

/** A message of 100,000 characters must arrive, to be refused with a sentence. */
const packetBytesMax = 1_000_000
const requestsPerSecondMax = 20
const requestsAtOnceMax = 60

export interface SocketsDeps {
  conversations: Conversations
  arranging: Arranging
  memory: MemoryDesk
  desk: OperatorDesk
  facts: FactsDesk
  feed: LabFeed
  spend: Pick<Spend, 'setCaps' | 'allowUnpriced'>
  routing: RoutingDesk
  hostNames: string[]
  readSession: ReadSession
  /** Names of uploaded photos, for the transcript. */
  photoName(attachmentId: string): string
  checkConnections(): Promise<number>
  tryModelAgain: ModelRoster['tryAgain']
  onPhotosAdded(body: RequestBody<'photo-add'>): void
  onError(error: unknown, request: string): void
}

export interface Sockets {
  chunk(chunk: Chunk): void
  count(): number
  close(): Promise<void>
}

export function openSockets(server: HttpServer, deps: SocketsDeps): Sockets {
  const io = new Server<Record<string, never>, ServerEvents>(server, {
    serveClient: false,
    maxHttpBufferSize: packetBytesMax,
    cors: { origin: false },
    allowRequest: (request, decide) => decide(null, isAllowed(request, deps)),
  })
  const stopFeed = deps.feed.subscribe((section) => io.emit('lab-section', section))
  const handlers = handlersFor(deps)

  io.on('connection', (socket) => {
    const cookie = socket.handshake.headers.cookie
    const session = deps.readSession(cookie)
    if (!session) {
      socket.disconnect(true)
      return
    }
    const bucket = openBucket()
    for (const section of deps.feed.sectionsFor(session.operator)) socket.emit('lab-section', section)
    socket.onAny((name: unknown, body: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function' || typeof name !== 'string') return
      const reply = (answer: Answer<unknown>) => acknowledge(answer)
      const operator = deps.readSession(cookie)?.operator
      if (!operator) {
        reply({ kind: 'refused', why: 'You are signed out. Open a new sign-in link.' })
        socket.disconnect(true)
      } else if (!bucket.take()) reply({ kind: 'refused', why: 'That was too much at once. Wait a moment.' })
      else if (!isRequestName(name))
        reply({ kind: 'refused', why: 'HWLab does not know this request. Reload the page.' })
      else {
        handlers[name]({ body, operator, socket }).then(reply, (error: unknown) => {
          deps.onError(error, name)
          const excuse = deps.desk.excuseFor(error)
          reply({
            kind: 'refused',
            why: excuse ?? 'Something went wrong in HWLab. Try again; the log says more.',
          })
        })
      }
    })
  })

  return {
    chunk(chunk) {
      io.to(roomOf(chunk.conversationId)).emit('chunk', chunk)
    },
    count: () => io.engine.clientsCount,
    async close() {
      stopFeed()
      io.disconnectSockets(true)
      await io.close()
    },
  }
}

function isAllowed(request: IncomingMessage, deps: SocketsDeps): boolean {
  const { host, origin, cookie } = request.headers
  const site = request.headers['sec-fetch-site']
  const fetchSite = typeof site === 'string' ? site : null
  // A browser always sends Origin when a page of another site opens a socket; same-origin polling may leave it out.
  const came = { host, origin, fetchSite }
  const isStrange = origin || fetchSite ? strangePage(came) !== null : false
  return strangeHost(came, deps.hostNames) === null && !isStrange && deps.readSession(cookie) !== null
}

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requestSchemas, name)
}

const roomOf = (conversationId: string) => `conversation:${conversationId}`

function handlersFor(deps: SocketsDeps): Record<RequestName, Handler> {
  const { conversations, desk } = deps
  const schemas = requestSchemas

  async function open(body: RequestBody<'conversation-open'>, { socket }: Asked) {
    const answer = conversations.open(body)
    if (answer.kind === 'refused') return answer
    for (const room of socket.rooms) if (room !== socket.id) socket.leave(room)
    socket.join(roomOf(answer.value.conversation.id))
    return answer
  }
  async function send(body: RequestBody<'message-send'>) {
    const photos = body.attachmentIds.map((attachmentId) => ({
      attachmentId,
      name: deps.photoName(attachmentId),
    }))
    return conversations.send({ ...body, photos })
  }
  async function sample(body: RequestBody<'sample-start'>) {
    const photo = await desk.storeSamplePhoto()
    return conversations.send({ ...body, text: '', photos: [photo] })
  }
  async function addPhoto(body: RequestBody<'photo-add'>, { operator }: Asked) {
    const isRecorded = desk.items().some(({ id, state }) => id === body.itemId && state === 'complete')
    const answer = await desk['photo-add'](body, operator)
    if (answer.kind === 'ok' && !isRecorded) deps.onPhotosAdded(body)
    return answer
  }

  return {
    'conversation-open': checked(
      'conversation-open',
      (body) => schemas['conversation-open'].safeParse(body),
      open,
    ),
    'conversation-new': checked(
      'conversation-new',
      (body) => schemas['conversation-new'].safeParse(body),
      async () => ({
        kind: 'ok',
        value: conversations.create(),
      }),
    ),
    'message-send': checked('message-send', (body) => schemas['message-send'].safeParse(body), send),
    'run-stop': checked(
      'run-stop',
      (body) => schemas['run-stop'].safeParse(body),
      async (body) => conversations.stop(body.conversationId),
    ),
    'sample-start': checked('sample-start', (body) => schemas['sample-start'].safeParse(body), sample),
    'field-correct': checked(
      'field-correct',
      (body) => schemas['field-correct'].safeParse(body),
      (body, asked) => desk['field-correct'](body, asked.operator),
    ),
    'photo-add': checked('photo-add', (body) => schemas['photo-add'].safeParse(body), addPhoto),
    'item-propose': checked(
      'item-propose',
      (body) => schemas['item-propose'].safeParse(body),
      (body, asked) => desk['item-propose'](body, asked.operator),
    ),
    'items-propose': checked(
      'items-propose',
      (body) => schemas['items-propose'].safeParse(body),
      (body, asked) => desk['items-propose'](body, asked.operator),
    ),
    'item-discard': checked(
      'item-discard',
      (body) => schemas['item-discard'].safeParse(body),
      (body, asked) => desk['item-discard'](body, asked.operator),
    ),
    'printer-choose': checked(
      'printer-choose',
      (body) => schemas['printer-choose'].safeParse(body),
      (body, asked) => desk['printer-choose'](body, asked.operator),
    ),
    'change-decide': checked(
      'change-decide',
      (body) => schemas['change-decide'].safeParse(body),
      (body, asked) => desk.decide(body, asked.operator, 'chat-card'),
    ),
    'operation-act': checked(
      'operation-act',
      (body) => schemas['operation-act'].safeParse(body),
      (body, asked) => desk['operation-act'](body, asked.operator),
    ),
    'print-job-act': checked(
      'print-job-act',
      (body) => schemas['print-job-act'].safeParse(body),
      (body, asked) => desk['print-job-act'](body, asked.operator),
    ),
    'connections-check': checked(
      'connections-check',
      (body) => schemas['connections-check'].safeParse(body),
      async () => ({
        kind: 'ok',
        value: { checked: await deps.checkConnections() },
      }),
    ),
    'model-try-again': checked(
      'model-try-again',
      (body) => schemas['model-try-again'].safeParse(body),
      async ({ modelKey }) => deps.tryModelAgain(modelKey),
    ),
    ...cableTestHandlers(desk),
    ...callHandlers(conversations),
    ...changeHandlers(desk),
    ...consoleHandlers(desk),
    ...conversationHandlers(deps.arranging),
    ...driftHandlers(desk),
    ...memoryHandlers(deps.memory),
    ...factHandlers(deps.facts),
    ...meterHandlers(desk),
    ...pluggedInHandlers(desk),
    ...printerHandlers(desk),
    ...othersHandlers(desk),
    ...queueHandlers(desk),
    ...setupHandlers(desk),
    ...routingHandlers(deps.routing),
    ...spendHandlers(deps.spend),
  }
}

/** Refills steadily; a burst passes, a flood does not. */
function openBucket() {
  let left = requestsAtOnceMax
  let sinceMs = performance.now()
  return {
    take(): boolean {
      const nowMs = performance.now()
      left = Math.min(requestsAtOnceMax, left + ((nowMs - sinceMs) / 1000) * requestsPerSecondMax)
      sinceMs = nowMs
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
