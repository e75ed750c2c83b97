import { beforeEach, expect, test } from 'vitest'
import type { ToolCallPart } from '../../../agent/conversation/message-writer.ts'
import { recoverRuns } from '../../../agent/conversation/recovery.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { openTranscript, type Transcript } from '../../../agent/store/transcript.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { fakeAnsweredBy } from '../../support/fake-answer.ts'

let transcript: Transcript
let conversationId: string

beforeEach(() => {
  transcript = openTranscript(openDatabase(':memory:', [agentMigrations]))
  conversationId = transcript.conversations.create('Rack', 0).id
})

const card: ToolCallPart = {
  ...{
    kind: 'tool-call',
    callId: 'call-1',
    server: 'netbox',
    tool: 'propose_record',
    title: 'Propose the record',
  },
  ...{ input: '{}', state: 'waiting', outcome: null, itemId: null, changeId: 'change-1', result: null },
}

/** What kill -9 leaves of a model that was telling how an earlier decision ended. */
function tellingCutOff(parts: ToolCallPart[]): void {
  const ids = { id: 'run-1', conversationId, advisorMessageId: 'message-1', modelKey: 'commands' }
  transcript.runs.insert({ ...ids, requestId: null, operatorMessageId: null, startedAtMs: 0 })
  const createdAt = new Date(0).toISOString()
  const message = { id: 'message-1', role: 'advisor' as const, createdAt, parts: [], answeredBy: null }
  transcript.chunks.append('run-1', [
    { seq: 1, body: { kind: 'message-start', message } },
    { seq: 2, body: { kind: 'text-delta', messageId: 'message-1', partIndex: 0, text: 'It is ' } },
    ...parts.map((part, index) => ({
      seq: 3 + index,
      body: { kind: 'part-set' as const, messageId: 'message-1', partIndex: 1 + index, part },
    })),
  ])
}

test('telling how a decision ended begins anew, without the half sentence of before', () => {
  tellingCutOff([])
  recoverRuns(transcript, 1, () => fakeAnsweredBy)
  expect(transcript.messages.list(conversationId)).toEqual([])
})

test('a request that was filed while telling how another one ended keeps its place in the conversation', () => {
  tellingCutOff([card])
  recoverRuns(transcript, 1, () => fakeAnsweredBy)
  expect(transcript.messages.list(conversationId)).toMatchObject([
    {
      id: 'message-1',
      parts: [{ text: 'It is ' }, { callId: 'call-1', state: 'waiting' }, { kind: 'notice' }],
      answeredBy: fakeAnsweredBy,
    },
  ])
})
