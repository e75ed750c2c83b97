import { io } from 'socket.io-client'
import type { TerminalBytes, TerminalEnd } from '../agent/protocol/consoles.ts'
import { chunkSchema } from '../agent/protocol/messages.ts'
import type { MeterFrame } from '../agent/protocol/meters.ts'
import {
  type Answer,
  labSectionSchema,
  type RequestBody,
  type RequestName,
  type ResponseValues,
} from '../agent/protocol.ts'
import { keepOutgoing, keptOutgoing } from './kept-outgoing.ts'
import { emptyLab, type LabEvent, type LabState, type Outgoing, reduceLab } from './lab-state.ts'

/** The socket, the state that it feeds, and the requests of a person. Requests never throw. */
export interface LabConnection {
  state(): LabState
  subscribe(listener: () => void): () => void
  request<Name extends RequestName>(
    name: Name,
    body: RequestBody<Name>,
  ): Promise<Answer<ResponseValues[Name]>>
  /** null opens the newest conversation. With a message, that one comes into view. */
  openConversation(conversationId: string | null, soughtId?: string): Promise<Answer<null>>
  newConversation(): Promise<Answer<null>>
  /** Shows it at once; a refusal stays visible beside the text. */
  send(text: string, photos: Outgoing['photos']): Promise<Answer<null>>
  resend(sent: Outgoing): Promise<Answer<null>>
  drop(requestId: string): void
  /** Called with what a watched meter shows; the returned function ends it. */
  onMeterFrame(listener: (frame: MeterFrame) => void): () => void
  /** What the terminals of this page show, and when one ends; the returned function ends it. */
  onTerminal(listener: TerminalListener): () => void
}

export interface TerminalListener {
  bytes(terminalId: string, bytes: Uint8Array): void
  end(terminalId: string, words: string): void
}

const answerTimeoutMs = 30_000

export function openConnection(url: string): LabConnection {
  let state: LabState = { ...emptyLab, outgoing: keptOutgoing() }
  /** The page was loaded again before it was known what became of them; a second request of the same id does nothing. */
  const unanswered = state.outgoing.filter(({ refused }) => refused === null)
  const listeners = new Set<() => void>()
  const socket = io(url, { withCredentials: true, reconnectionDelayMax: 5_000 })

  function apply(event: LabEvent): void {
    const before = state
    state = reduceLab(before, event)
    if (state.outgoing !== before.outgoing) keepOutgoing(state.outgoing)
    if (state !== before) for (const listener of listeners) listener()
    if (state.gap && !before.gap) void openConversation(state.conversation?.id ?? null)
  }

  const request = requestsOver(socket)

  async function openConversation(conversationId: string | null, soughtId?: string): Promise<Answer<null>> {
    const runId = state.conversation?.id === conversationId ? (state.run?.runId ?? null) : null
    const answer = await request('conversation-open', { conversationId, runId, afterSeq: 0 })
    if (answer.kind === 'refused') return answer
    apply({ kind: 'conversation-opened', ...answer.value, ...(soughtId ? { soughtId } : {}) })
    return { kind: 'ok', value: null }
  }

  async function post(sent: Outgoing): Promise<Answer<null>> {
    const { requestId, conversationId, text } = sent
    const attachmentIds = sent.photos.map((photo) => photo.attachmentId)
    const answer = await request('message-send', { conversationId, requestId, text, attachmentIds })
    if (answer.kind === 'refused') {
      apply({ kind: 'message-refused', requestId, why: answer.why })
      return answer
    }
    apply({ kind: 'message-accepted', requestId, ...answer.value, at: new Date().toISOString() })
    return { kind: 'ok', value: null }
  }

  /** The one that was open may have been deleted meanwhile, in another window. */
  async function openAgain(): Promise<void> {
    const answer = await openConversation(state.conversation?.id ?? null)
    if (answer.kind === 'refused' && socket.connected) await openConversation(null)
    for (const sent of unanswered.splice(0)) void post(sent)
  }
  listen(socket, apply, () => void openAgain())

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    request,
    openConversation,
    async newConversation() {
      const answer = await request('conversation-new', {})
      return answer.kind === 'refused' ? answer : openConversation(answer.value.conversationId)
    },
    async send(text, photos) {
      const conversationId = state.conversation?.id
      if (!conversationId) return { kind: 'refused', why: 'The conversation is not open yet. Try again.' }
      const sent = { requestId: crypto.randomUUID(), conversationId, text, photos, refused: null }
      apply({ kind: 'message-sent', outgoing: sent })
      return post(sent)
    },
    resend(sent) {
      apply({ kind: 'message-dropped', requestId: sent.requestId })
      apply({ kind: 'message-sent', outgoing: { ...sent, refused: null } })
      return post(sent)
    },
    drop: (requestId) => apply({ kind: 'message-dropped', requestId }),
    onMeterFrame(listener) {
      socket.on('meter-frame', listener)
      return () => {
        socket.off('meter-frame', listener)
      }
    },
    onTerminal(listener) {
      const bytes = (came: TerminalBytes) => listener.bytes(came.terminalId, new Uint8Array(came.bytes))
      const end = (came: TerminalEnd) => listener.end(came.terminalId, came.words)
      socket.on('terminal-bytes', bytes)
      socket.on('terminal-end', end)
      return () => {
        socket.off('terminal-bytes', bytes)
        socket.off('terminal-end', end)
      }
    },
  }
}

/** Every request is answered, a lost connection included. */
function requestsOver(socket: ReturnType<typeof io>): LabConnection['request'] {
  return async (name, body) => {
    if (!socket.connected)
      return { kind: 'refused', why: 'The connection to HWLab is lost. Try again when it is back.' }
    try {
      return await socket.timeout(answerTimeoutMs).emitWithAck(name, body)
    } catch {
      return { kind: 'refused', why: 'HWLab did not answer. Check that it is still running, then try again.' }
    }
  }
}

function listen(
  socket: ReturnType<typeof io>,
  apply: (event: LabEvent) => void,
  connected: () => void,
): void {
  socket.on('connect', () => {
    apply({ kind: 'link-changed', link: 'online' })
    connected()
  })
  socket.on('disconnect', (reason) => {
    apply({ kind: 'link-changed', link: 'lost' })
    // socket.io does not reconnect by itself when the server ended the connection on purpose.
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('connect_error', () => {
    apply({ kind: 'link-changed', link: 'lost' })
    void isSignedOut().then((signedOut) => {
      if (signedOut) apply({ kind: 'link-changed', link: 'signed-out' })
    })
  })
  socket.on('lab-section', (packet: unknown) => {
    const section = labSectionSchema.safeParse(packet)
    if (section.success) apply({ kind: 'section-received', section: section.data })
  })
  socket.on('chunk', (packet: unknown) => {
    const chunk = chunkSchema.safeParse(packet)
    if (chunk.success) apply({ kind: 'chunk-received', chunk: chunk.data })
  })
}

/** Asks an address that only a signed-in browser may read. */
async function isSignedOut(): Promise<boolean> {
  try {
    const response = await fetch('/socket.io/?EIO=4&transport=polling')
    return response.status === 401 || response.status === 403
  } catch {
    return false
  }
}
