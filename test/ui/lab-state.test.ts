import { describe, expect, test } from 'vitest'
import type { Chunk, Conversation, Message } from '../../agent/protocol/messages.ts'
import { emptyLab, type LabEvent, type LabState, reduceLab } from '../../ui/lab-state.ts'
import { fakeAnsweredBy } from '../support/fake-answer.ts'
import { fakeItem, startedAt } from '../support/fake-lab-things.ts'

const conversation: Conversation = { id: 'c1', title: 'Dell', messages: [], run: null }
const answer: Message = { id: 'm2', role: 'advisor', createdAt: startedAt, parts: [], answeredBy: null }
const question: Message = {
  id: 'm1',
  role: 'operator',
  createdAt: startedAt,
  parts: [{ kind: 'text', text: 'What is this?' }],
  answeredBy: null,
}

function chunk(seq: number, body: Chunk['body'], runId = 'r1'): Chunk {
  return { conversationId: 'c1', runId, seq, body }
}
const bodies: Chunk['body'][] = [
  { kind: 'message-start', message: question },
  { kind: 'message-start', message: answer },
  { kind: 'text-delta', messageId: 'm2', partIndex: 0, text: 'It is a ' },
  { kind: 'text-delta', messageId: 'm2', partIndex: 0, text: 'switch.' },
  { kind: 'run-end', messageId: 'm2', outcome: 'done', answeredBy: fakeAnsweredBy },
]
const chunks = bodies.map((body, index) => chunk(index + 1, body))
const wholeAnswer: Message = {
  ...answer,
  parts: [{ kind: 'text', text: 'It is a switch.' }],
  answeredBy: fakeAnsweredBy,
}

function fold(events: LabEvent[], from: LabState = emptyLab): LabState {
  return events.reduce(reduceLab, from)
}
const opened: LabEvent = { kind: 'conversation-opened', conversation, chunks: [] }
const received = (list: Chunk[]): LabEvent[] => list.map((one) => ({ kind: 'chunk-received', chunk: one }))

describe('an answer in the making', () => {
  test('its chunks make the message, and the end of the run ends it', () => {
    const state = fold([opened, ...received(chunks)])
    expect(state.conversation?.messages).toEqual([question, wholeAnswer])
    expect(state.run).toBeNull()
    expect(fold([opened, ...received(chunks.slice(0, 3))]).run).toEqual({ runId: 'r1', seq: 3 })
  })

  test('what an older answer cost may become known while the next one is made', () => {
    const settled = { ...fakeAnsweredBy, costUsd: 0.0012 }
    const later = chunk(0, { kind: 'cost-settled', messageId: 'm2', answeredBy: settled })
    const next: Message = { ...answer, id: 'm3' }
    const making = fold([
      opened,
      ...received([...chunks, chunk(1, { kind: 'message-start', message: next }, 'r2')]),
    ])
    const state = fold(received([later]), making)
    expect(state.conversation?.messages[1]).toEqual({ ...wholeAnswer, answeredBy: settled })
    expect([state.run, state.gap]).toEqual([{ runId: 'r2', seq: 1 }, false])
  })

  test('a chunk that comes twice is taken once', () => {
    const twice = chunks.slice(0, 4).flatMap((one) => [one, one])
    const state = fold([opened, ...received(twice)])
    expect(state.conversation?.messages[1]?.parts).toEqual([{ kind: 'text', text: 'It is a switch.' }])
  })

  test('a missing chunk asks for the conversation again and adds no torn text', () => {
    const [first, second, , fourth] = chunks
    if (!first || !second || !fourth) throw new Error('The fixture is too short')
    const state = fold([opened, ...received([first, second, fourth])])
    expect(state.gap).toBe(true)
    expect(state.conversation?.messages[1]?.parts).toEqual([])
    const healed = fold([{ kind: 'conversation-opened', conversation, chunks }], state)
    expect(healed).toMatchObject({ gap: false, run: null })
    expect(healed.conversation?.messages).toEqual([question, wholeAnswer])
  })

  test('opening in the middle of it shows what was said so far and goes on from there', () => {
    const running = { ...conversation, messages: [question], run: { runId: 'r1', lastSeq: 3 } }
    const state = fold([{ kind: 'conversation-opened', conversation: running, chunks: chunks.slice(0, 3) }])
    expect(state.run).toEqual({ runId: 'r1', seq: 3 })
    expect(fold(received(chunks.slice(3)), state).conversation?.messages).toEqual([question, wholeAnswer])
  })

  test('opening it again in the middle repeats no word', () => {
    const before = fold([opened, ...received(chunks.slice(0, 4))])
    const running = { ...conversation, messages: [question], run: { runId: 'r1', lastSeq: 4 } }
    const again = fold(
      [{ kind: 'conversation-opened', conversation: running, chunks: chunks.slice(0, 4) }],
      before,
    )
    expect(again.conversation?.messages[1]?.parts).toEqual([{ kind: 'text', text: 'It is a switch.' }])
  })

  test('a second run counts from one again', () => {
    const second: Message = { ...answer, id: 'm3' }
    const state = fold([
      opened,
      ...received(chunks),
      ...received([chunk(1, { kind: 'message-start', message: second }, 'r2')]),
    ])
    expect(state.conversation?.messages.map((message) => message.id)).toEqual(['m1', 'm2', 'm3'])
    expect(state.run).toEqual({ runId: 'r2', seq: 1 })
  })

  test('a chunk of another conversation changes nothing', () => {
    const state = fold([opened])
    const [first] = chunks
    if (!first) throw new Error('The fixture is too short')
    expect(fold(received([{ ...first, conversationId: 'c2' }]), state)).toBe(state)
  })

  test('a tool call that gets its outcome is replaced in its place', () => {
    const call = {
      kind: 'tool-call' as const,
      callId: 't1',
      server: 'netbox',
      tool: 'find_item',
      title: 'Find an item',
      input: '{}',
      state: 'running' as const,
      outcome: null,
      itemId: null,
      changeId: null,
      result: null,
    }
    const done = { ...call, state: 'done' as const, outcome: '1 in the inventory' }
    const state = fold([
      opened,
      ...received([
        chunk(1, { kind: 'message-start', message: answer }),
        chunk(2, { kind: 'part-set', messageId: 'm2', partIndex: 0, part: call }),
        chunk(3, { kind: 'part-set', messageId: 'm2', partIndex: 0, part: done }),
      ]),
    ])
    expect(state.conversation?.messages[0]?.parts).toEqual([done])
  })
})

describe('sections of the lab', () => {
  test('a section replaces what was known and leaves the others alone', () => {
    const items = [fakeItem()]
    const state = fold([
      { kind: 'section-received', section: { section: 'items', value: [fakeItem({ id: 'old' })] } },
      { kind: 'section-received', section: { section: 'changes', value: [] } },
      { kind: 'section-received', section: { section: 'items', value: items } },
    ])
    expect(state).toEqual({ ...emptyLab, items, changes: [] })
  })
})

describe('a message of the operator', () => {
  const outgoing = {
    requestId: 'q1',
    conversationId: 'c1',
    text: 'What is this?',
    photos: [{ attachmentId: 'p1', name: 'a.jpg' }],
    refused: null,
  }
  const sent: LabEvent = { kind: 'message-sent', outgoing }
  const accepted: LabEvent = {
    kind: 'message-accepted',
    requestId: 'q1',
    messageId: 'm1',
    runId: 'r1',
    at: startedAt,
  }

  test('stands there once, whichever arrives first: the acknowledgement or its chunk', () => {
    const chunkFirst = fold([opened, sent, ...received(chunks.slice(0, 2)), accepted])
    expect(chunkFirst.conversation?.messages.map((message) => message.id)).toEqual(['m1', 'm2'])
    expect(chunkFirst.outgoing).toEqual([])
    const acknowledgedFirst = fold([opened, sent, accepted, ...received(chunks.slice(0, 2))])
    expect(acknowledgedFirst.conversation?.messages.map((message) => message.id)).toEqual(['m1', 'm2'])
  })

  test('stands before the answer that already began', () => {
    const state = fold([
      opened,
      sent,
      ...received([chunk(1, { kind: 'message-start', message: answer })]),
      accepted,
    ])
    expect(state.conversation?.messages.map((message) => message.id)).toEqual(['m1', 'm2'])
    expect(state.conversation?.messages[0]?.parts).toEqual([
      { kind: 'photo', attachmentId: 'p1', name: 'a.jpg' },
      { kind: 'text', text: 'What is this?' },
    ])
  })

  test('a refused one keeps its text and says why', () => {
    const state = fold([opened, sent, { kind: 'message-refused', requestId: 'q1', why: 'Too long.' }])
    expect(state.outgoing).toEqual([{ ...outgoing, refused: 'Too long.' }])
    expect(state.conversation?.messages).toEqual([])
  })
})
