import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { Conversations } from '../conversation/open-conversations.ts'
import type { Arranging } from '../memory/arrange-conversations.ts'
import type { Chunk } from '../protocol/messages.ts'
import { type Answer, type RequestName, requestSchemas, type ServerEvents } from '../protocol.ts'
import type { Spend } from '../spend/open-spend.ts'
import { cableNoteHandlers } from './cable-note-handlers.ts'
import { type CableTestDeps, cableTestHandlers } from './cable-test-handlers.ts'
import { callHandlers } from './call-handlers.ts'
import { changeHandlers } from './change-handlers.ts'
import { type ConnectionDeps, connectionHandlers } from './connection-handlers.ts'
import { consoleHandlers } from './console-handlers.ts'
import { conversationHandlers } from './conversation-handlers.ts'
import { driftHandlers } from './drift-handlers.ts'
import { type FactsDesk, factHandlers } from './fact-handlers.ts'
import { type ItemDeps, itemHandlers } from './item-handlers.ts'
import type { LabFeed } from './lab-feed.ts'
import { type MemoryDesk, memoryHandlers } from './memory-handlers.ts'
import { messageHandlers, roomOf } from './message-handlers.ts'
import { meterHandlers } from './meter-handlers.ts'
import { othersHandlers } from './others-handlers.ts'
import { pluggedInHandlers } from './plugged-in-handlers.ts'
import { printerHandlers } from './printer-handlers.ts'
import { queueHandlers } from './queue-handlers.ts'
import { strangeHost, strangePage } from './request-origin.ts'
import { type RoutingDesk, routingHandlers } from './routing-handlers.ts'
import type { ReadSession } from './session-cookie.ts'
import { setupHandlers } from './setup-handlers.ts'
import type { Handler } from './socket-handler.ts'
import { spendHandlers } from './spend-handlers.ts'

/** A message of 100,000 characters must arrive, to be refused with a sentence. */
const packetBytesMax = 1_000_000
const requestsPerSecondMax = 20
const requestsAtOnceMax = 60

export interface SocketsDeps extends CableTestDeps, ConnectionDeps, ItemDeps {
  conversations: Conversations
  arranging: Arranging
  memory: MemoryDesk
  facts: FactsDesk
  feed: LabFeed
  spend: Pick<Spend, 'setCaps' | 'allowUnpriced'>
  routing: RoutingDesk
  hostNames: string[]
  readSession: ReadSession
  /** Names of uploaded photos, for the transcript. */
  photoName(attachmentId: string): string
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

function handlersFor(deps: SocketsDeps): Record<RequestName, Handler> {
  const { conversations, desk } = deps
  return {
    ...cableTestHandlers(deps),
    ...cableNoteHandlers(desk),
    ...callHandlers(conversations),
    ...connectionHandlers(deps),
    ...itemHandlers(deps),
    ...messageHandlers(conversations, deps.photoName),
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
