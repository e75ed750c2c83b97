import { io, type Socket } from 'socket.io-client'
import { foldChunk } from '../../agent/conversation/fold-chunks.ts'
import type { Chunk, Message } from '../../agent/protocol/messages.ts'
import type { Answer, LabSection, RequestBody, RequestName, ResponseValues } from '../../agent/protocol.ts'

export async function signIn(signInUrl: string): Promise<{ status: number; cookie: string }> {
  const url = new URL(signInUrl)
  const response = await fetch(new URL('/sign-in', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin },
    body: JSON.stringify({ token: url.hash.slice(1) }),
  })
  await response.text()
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

/** One browser tab: folds what it gets as the ui does. */
export interface Tab {
  socket: Socket
  messages: Map<string, Message>
  chunks: Chunk[]
  sections: LabSection[]
  ask<Name extends RequestName>(name: Name, body: RequestBody<Name>): Promise<Answer<ResponseValues[Name]>>
  /** Opens the newest conversation, or the named one. */
  open(conversationId?: string | null): Promise<string>
  send(text: string, attachmentIds?: string[]): Promise<Answer<ResponseValues['message-send']>>
  /** Resolves when the condition holds; asked again after everything that arrives. */
  until(condition: (tab: Tab) => boolean): Promise<void>
  advisorText(): string
  close(): void
}

export async function openTab(url: string, cookie: string): Promise<Tab> {
  const socket = io(url, {
    extraHeaders: { cookie, origin: url },
    transports: ['websocket'],
    reconnection: false,
  })
  const waiting = new Set<() => void>()
  const arrived = () => {
    for (const check of waiting) check()
  }
  let conversationId = ''
  const tab: Tab = {
    socket,
    messages: new Map(),
    chunks: [],
    sections: [],
    ask: (name, body) => socket.timeout(10_000).emitWithAck(name, body),
    async open(id = null) {
      const answer = await tab.ask('conversation-open', { conversationId: id, runId: null, afterSeq: 0 })
      if (answer.kind === 'refused') throw new Error(answer.why)
      conversationId = answer.value.conversation.id
      for (const message of answer.value.conversation.messages) tab.messages.set(message.id, message)
      for (const chunk of answer.value.chunks) take(chunk)
      return conversationId
    },
    send: (text, attachmentIds = []) =>
      tab.ask('message-send', { conversationId, requestId: crypto.randomUUID(), text, attachmentIds }),
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(tab)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    advisorText: () =>
      [...tab.messages.values()]
        .filter((message) => message.role === 'advisor')
        .flatMap((message) => message.parts)
        .flatMap((part) => (part.kind === 'text' || part.kind === 'notice' ? [part.text] : []))
        .join('\n'),
    close: () => socket.close(),
  }
  function take(chunk: Chunk): void {
    tab.chunks.push(chunk)
    const { body } = chunk
    if (body.kind === 'message-start') tab.messages.set(body.message.id, body.message)
    else {
      const folded = foldChunk(tab.messages.get(body.messageId) ?? null, body)
      if (folded) tab.messages.set(folded.id, folded)
    }
    arrived()
  }
  socket.on('chunk', take)
  socket.on('lab-section', (section: LabSection) => {
    tab.sections.push(section)
    arrived()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return tab
}

export const runEnded = (tab: Tab): boolean => tab.chunks.at(-1)?.body.kind === 'run-end'

export function ended(tab: Tab, times: number): boolean {
  return tab.chunks.filter((chunk) => chunk.body.kind === 'run-end').length >= times
}
