import { describe, expect, test } from 'vitest'
import { openChunkLog } from '../../../agent/conversation/chunk-log.ts'
import type { Chunk } from '../../../agent/protocol/messages.ts'
import { FakeClock } from '../../support/fake-clock.ts'

function openLog() {
  const clock = new FakeClock()
  const shown: Chunk['body'][] = []
  const log = openChunkLog({
    run: { conversationId: 'c', runId: 'r' },
    chunks: { append() {}, after: () => [], remove() {} },
    clock,
    emit: ({ body }) => shown.push(body),
  })
  const say = (text: string, partIndex = 0) =>
    log.append({ kind: 'text-delta', messageId: 'm', partIndex, text })
  const texts = () => shown.flatMap((body) => (body.kind === 'text-delta' ? [body.text] : []))
  return { clock, log, say, texts, shown }
}

const message = {
  ...{ id: 'm', role: 'advisor' as const, createdAt: '2026-01-05T08:00:00.000Z' },
  ...{ parts: [], answeredBy: null },
}
const notice = { kind: 'notice' as const, tone: 'muted' as const, text: 'Reading.' }

describe('what a person sees while an answer is made', () => {
  test('the first words are there at once, however shortly before something else was shown', () => {
    const { log, say, texts } = openLog()
    log.append({ kind: 'part-set', messageId: 'm', partIndex: 0, part: notice })
    say('It hangs', 1)
    expect(texts()).toEqual(['It hangs'])
  })

  test('an answer begins to show together with the question, so that its first words wait for nothing', () => {
    const { clock, log, say, shown } = openLog()
    log.append({ kind: 'message-start', message: { ...message, role: 'operator' } })
    expect(shown).toEqual([])
    log.append({ kind: 'message-start', message })
    expect(shown.map((body) => body.kind)).toEqual(['message-start', 'message-start'])
    say('It hangs')
    expect(shown).toHaveLength(3)
    clock.advance(1000)
    expect(shown).toHaveLength(3)
  })

  test('a question whose answer does not begin is shown all the same', () => {
    const { clock, log, shown } = openLog()
    log.append({ kind: 'message-start', message: { ...message, role: 'operator' } })
    clock.advance(60)
    expect(shown).toHaveLength(1)
  })

  test('words after them are joined, at most sixteen times a second', () => {
    const { clock, say, texts } = openLog()
    say('It ')
    say('hangs ')
    say('there')
    expect(texts()).toEqual(['It '])
    clock.advance(59)
    expect(texts()).toEqual(['It '])
    clock.advance(1)
    expect(texts()).toEqual(['It ', 'hangs there'])
  })

  test('a part that is set goes out in its place between the words', () => {
    const { clock, log, say, shown } = openLog()
    say('It ')
    say('hangs')
    log.append({ kind: 'part-set', messageId: 'm', partIndex: 1, part: notice })
    say('Here it is', 2)
    expect(shown.map((body) => body.kind)).toEqual(['text-delta', 'text-delta', 'part-set', 'text-delta'])
    clock.advance(1000)
    expect(shown).toHaveLength(4)
  })
})
