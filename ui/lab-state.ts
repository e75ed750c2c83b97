import type { BenchView } from '../agent/protocol/bench.ts'
import type { ChangeView } from '../agent/protocol/changes.ts'
import type { ConnectionView } from '../agent/protocol/connections.ts'
import type { ConversationSummary } from '../agent/protocol/conversations.ts'
import type { DriftView } from '../agent/protocol/drift.ts'
import type { FactsView } from '../agent/protocol/facts.ts'
import type { ItemView } from '../agent/protocol/items.ts'
import type { MemoryView } from '../agent/protocol/memory.ts'
import type { Chunk, Conversation, Message } from '../agent/protocol/messages.ts'
import type { OthersView } from '../agent/protocol/others.ts'
import type { QueueView } from '../agent/protocol/queue.ts'
import type { RoutingView } from '../agent/protocol/routing.ts'
import type { SpendView } from '../agent/protocol/spend.ts'
import type { LabSection } from '../agent/protocol.ts'

/** `signed-out`: the server does not know this browser (any more). */
export type Link = 'connecting' | 'online' | 'lost' | 'signed-out'

/** What the operator sent and the server has not taken yet, or refused. */
export interface Outgoing {
  requestId: string
  conversationId: string
  text: string
  photos: { attachmentId: string; name: string }[]
  /** null while it is on its way. */
  refused: string | null
}

/** null in a section: not received yet. */
export interface LabState {
  link: Link
  items: ItemView[] | null
  changes: ChangeView[] | null
  queue: QueueView | null
  drift: DriftView | null
  bench: BenchView | null
  spend: SpendView | null
  routing: RoutingView | null
  memory: MemoryView | null
  others: OthersView | null
  facts: FactsView | null
  connections: ConnectionView[] | null
  conversations: ConversationSummary[] | null
  session: { operator: string; version: string; readOnly: boolean } | null
  conversation: { id: string; title: string; messages: Message[] } | null
  /** The message that a search led to. */
  sought: { messageId: string } | null
  /** The answer in the making; `seq` is the last chunk that was folded in. */
  run: { runId: string; seq: number } | null
  /** A chunk is missing: the conversation has to be opened again. */
  gap: boolean
  outgoing: Outgoing[]
}

export type LabEvent =
  | { kind: 'link-changed'; link: Link }
  | { kind: 'section-received'; section: LabSection }
  | { kind: 'conversation-opened'; conversation: Conversation; chunks: Chunk[]; soughtId?: string }
  | { kind: 'chunk-received'; chunk: Chunk }
  | { kind: 'message-sent'; outgoing: Outgoing }
  | { kind: 'message-accepted'; requestId: string; messageId: string; runId: string; at: string }
  | { kind: 'message-refused'; requestId: string; why: string }
  | { kind: 'message-dropped'; requestId: string }

export const emptyLab: LabState = {
  link: 'connecting',
  items: null,
  changes: null,
  queue: null,
  drift: null,
  bench: null,
  spend: null,
  routing: null,
  memory: null,
  others: null,
  facts: null,
  connections: null,
  conversations: null,
  session: null,
  conversation: null,
  sought: null,
  run: null,
  gap: false,
  outgoing: [],
}

/** Sections and an opened conversation replace; chunks patch the tail in order; a gap changes nothing but `gap`. */
export function reduceLab(state: LabState, event: LabEvent): LabState {
  switch (event.kind) {
    case 'link-changed':
      return state.link === event.link ? state : { ...state, link: event.link }
    case 'section-received':
      return withSection(state, event.section)
    case 'conversation-opened':
      return {
        ...opened(state, event.conversation, event.chunks),
        sought: event.soughtId === undefined ? null : { messageId: event.soughtId },
      }
    case 'chunk-received':
      return withChunk(state, event.chunk)
    case 'message-sent':
      return { ...state, sought: null, outgoing: [...state.outgoing, event.outgoing] }
    case 'message-accepted':
      return accepted(state, event)
    case 'message-refused':
      return {
        ...state,
        outgoing: state.outgoing.map((sent) =>
          sent.requestId === event.requestId ? { ...sent, refused: event.why } : sent,
        ),
      }
    case 'message-dropped':
      return { ...state, outgoing: state.outgoing.filter((sent) => sent.requestId !== event.requestId) }
  }
}

function withSection(state: LabState, section: LabSection): LabState {
  switch (section.section) {
    case 'items':
      return { ...state, items: section.value }
    case 'changes':
      return { ...state, changes: section.value }
    case 'queue':
      return { ...state, queue: section.value }
    case 'drift':
      return { ...state, drift: section.value }
    case 'bench':
      return { ...state, bench: section.value }
    case 'spend':
      return { ...state, spend: section.value }
    case 'routing':
      return { ...state, routing: section.value }
    case 'memory':
      return { ...state, memory: section.value }
    case 'others':
      return { ...state, others: section.value }
    case 'facts':
      return { ...state, facts: section.value }
    case 'connections':
      return { ...state, connections: section.value }
    case 'conversations':
      return { ...state, conversations: section.value }
    case 'session':
      return { ...state, session: section.value }
  }
}

function opened(state: LabState, conversation: Conversation, chunks: Chunk[]): LabState {
  const { id, title, messages } = conversation
  const fresh: LabState = { ...state, conversation: { id, title, messages }, run: null, gap: false }
  const folded = chunks.reduce(withChunk, fresh)
  if (conversation.run === null) return { ...folded, run: null }
  const { runId, lastSeq } = conversation.run
  const told = chunks.some((chunk) => chunk.runId === runId)
  return told ? folded : { ...folded, run: { runId, seq: lastSeq } }
}

function withChunk(state: LabState, chunk: Chunk): LabState {
  if (state.conversation?.id !== chunk.conversationId) return state
  if (chunk.body.kind === 'cost-settled') {
    const messages = folded(state.conversation.messages, chunk)
    return { ...state, conversation: { ...state.conversation, messages } }
  }
  const seq = state.run?.runId === chunk.runId ? state.run.seq : 0
  if (chunk.seq <= seq) return state
  if (chunk.seq > seq + 1) return { ...state, gap: true }
  const conversation = { ...state.conversation, messages: folded(state.conversation.messages, chunk) }
  if (chunk.body.kind === 'run-end') return { ...state, conversation, run: null }
  return { ...state, conversation, run: { runId: chunk.runId, seq: chunk.seq } }
}

function folded(messages: Message[], { body }: Chunk): Message[] {
  if (body.kind === 'message-start') {
    const known = messages.some((message) => message.id === body.message.id)
    if (!known) return [...messages, body.message]
    return messages.map((message) => (message.id === body.message.id ? body.message : message))
  }
  return messages.map((message) => {
    if (message.id !== body.messageId) return message
    if (body.kind === 'run-end' || body.kind === 'cost-settled')
      return { ...message, answeredBy: body.answeredBy }
    const parts = [...message.parts]
    if (body.kind === 'part-set') parts[body.partIndex] = body.part
    else {
      const before = parts[body.partIndex]
      parts[body.partIndex] =
        before?.kind === 'text' || before?.kind === 'reasoning'
          ? { ...before, text: before.text + body.text }
          : { kind: 'text', text: body.text }
    }
    return { ...message, parts }
  })
}

function accepted(
  state: LabState,
  event: { requestId: string; messageId: string; runId: string; at: string },
): LabState {
  const sent = state.outgoing.find((candidate) => candidate.requestId === event.requestId)
  const outgoing = state.outgoing.filter((candidate) => candidate.requestId !== event.requestId)
  const conversation = state.conversation
  const known = conversation?.messages.some((message) => message.id === event.messageId)
  if (!sent || !conversation || sent.conversationId !== conversation.id || known)
    return { ...state, outgoing }
  const message = operatorMessage(event.messageId, event.at, sent)
  const last = conversation.messages.at(-1)
  const answering = state.run?.runId === event.runId && last?.role === 'advisor' && last.answeredBy === null
  const place = conversation.messages.length - (answering ? 1 : 0)
  const messages = conversation.messages.toSpliced(place, 0, message)
  return { ...state, outgoing, conversation: { ...conversation, messages } }
}

function operatorMessage(id: string, createdAt: string, sent: Outgoing): Message {
  return {
    id,
    role: 'operator',
    createdAt,
    parts: [
      ...sent.photos.map((photo) => ({ kind: 'photo' as const, ...photo })),
      ...(sent.text === '' ? [] : [{ kind: 'text' as const, text: sent.text }]),
    ],
    answeredBy: null,
  }
}
