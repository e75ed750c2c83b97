import { ulid } from 'ulid'
import type { Clock } from '../clock.ts'
import type { ContextKeeper } from '../context/turn-context.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import type { Chunk, Message, Part } from '../protocol/messages.ts'
import type { Answer, RequestBody, ResponseValues } from '../protocol.ts'
import type { Routing } from '../routing/open-routing.ts'
import { toldRoute } from '../routing/plan-route.ts'
import { routeOfEnd } from '../routing/route-of-end.ts'
import type { Cost } from '../spend/open-spend.ts'
import type { ConversationRow } from '../store/conversations.ts'
import type { RunRow } from '../store/runs.ts'
import type { Transcript } from '../store/transcript.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { refusalOf } from './accept-message.ts'
import { conversationTitle } from './conversation-title.ts'
import { costFacts, openSettledCosts } from './cost-of-answer.ts'
import { decisionNote, openDecisions } from './decisions.ts'
import { recoverRuns } from './recovery.ts'
import { openRunner } from './runner.ts'
import type { ToolAnswer } from './turn.ts'

const untitled = 'New conversation'
const photoTitle = 'Photo: '

export interface ConversationsDeps {
  transcript: Transcript
  clock: Clock
  toolbox: Toolbox
  desk: Pick<OperatorDesk, 'change' | 'items' | 'onChangeEnded' | 'excuseFor'>
  models: {
    commands: ModelEntry
    byKey(key: string): ModelEntry | null
  }
  routing: Routing
  context: ContextKeeper
  /** What a run has cost so far. */
  costOf(runId: string): Cost
  /** What the person had HWLab remember, in their words. */
  remembered(): string[]
  onChunk(chunk: Chunk): void
  onListChanged(): void
  onToolAnswer(answer: ToolAnswer, conversationId: string): void
  onModelError(error: unknown, modelKey: string): void
  onFailure(error: unknown): void
}

/** The conversations of the lab: every answer goes on without anybody watching, and every request is answered. */
export interface Conversations {
  open(body: RequestBody<'conversation-open'>): Answer<ResponseValues['conversation-open']>
  create(): ResponseValues['conversation-new']
  isAnswering(conversationId: string): boolean
  send(message: {
    conversationId: string
    requestId: string
    text: string
    photos: { attachmentId: string; name: string }[]
  }): Answer<ResponseValues['message-send']>
  stop(conversationId: string): Answer<ResponseValues['run-stop']>
  cancelCall(body: RequestBody<'call-cancel'>): Answer<ResponseValues['call-cancel']>
  /** What a run cost became known after its end. */
  costSettled(runId: string): void
  /** Parks every running answer, with a sentence in it. */
  close(): Promise<void>
}

export function openConversations(deps: ConversationsDeps): Conversations {
  const { transcript, clock, models } = deps
  const answererOf = ({ id, advisorMessageId }: RunRow): Message['answeredBy'] => {
    const answerer = deps.routing.answererOf(advisorMessageId)
    const unknown = { inputTokens: null, outputTokens: null, elapsedMs: null, prompt: null }
    return answerer && { ...answerer, ...unknown, ...costFacts(deps.costOf(id)), finish: 'stopped' }
  }
  recoverRuns(transcript, clock.nowMs(), answererOf)
  const runner = openRunner({
    ...deps,
    answererOf,
    excuseFor: deps.desk.excuseFor,
    onAnswer(answer, conversationId) {
      deps.onToolAnswer(answer, conversationId)
      if (answer.outcome.kind === 'answer') nameAfterItem(conversationId, answer.outcome.itemId)
    },
  })
  const decisions = openDecisions({ ...deps, runner, routeOfEnd: (call) => routeOfEnd(call, deps) })
  decisions.resume()

  function find(id: string | null): ConversationRow | null {
    if (id !== null) return transcript.conversations.get(id)
    return transcript.conversations.newest() ?? make()
  }
  function make(): ConversationRow {
    const row = transcript.conversations.create(untitled, clock.nowMs())
    deps.onListChanged()
    return row
  }
  function nameAfter(row: ConversationRow, message: { text: string; photos: { name: string }[] }): void {
    if (row.title !== untitled) return
    const text = message.text.trim().replace(/\s+/g, ' ')
    const title = text || `${photoTitle}${message.photos[0]?.name ?? ''}`
    transcript.conversations.rename(row.id, conversationTitle(title))
  }
  /** What is on the photo says more than the name of its file. */
  function nameAfterItem(conversationId: string, itemId: string | null): void {
    const row = transcript.conversations.get(conversationId)
    const item = deps.desk.items().find((one) => one.id === itemId)
    const isKnown = item?.fields.some((field) => field.field === 'model' && field.value !== null)
    if (!row?.title.startsWith(photoTitle) || !item || !isKnown) return
    transcript.conversations.rename(row.id, conversationTitle(item.title))
    deps.onListChanged()
  }

  return {
    open(body) {
      const row = find(body.conversationId)
      if (!row) return { kind: 'refused', why: 'This conversation is not there any more. Open another one.' }
      const run = runner.active(row.id)
      const afterSeq = run && body.runId === run.runId ? Math.max(0, body.afterSeq) : 0
      const chunks = run
        ? transcript.chunks
            .after(run.runId, afterSeq)
            .map((chunk) => ({ conversationId: row.id, runId: run.runId, ...chunk }))
        : []
      const conversation = { id: row.id, title: row.title, messages: transcript.messages.list(row.id), run }
      return { kind: 'ok', value: { conversation, chunks } }
    },
    create: () => ({ conversationId: make().id }),
    isAnswering: (conversationId) => runner.active(conversationId) !== null,
    send(message) {
      const row = transcript.conversations.get(message.conversationId)
      if (!row) return { kind: 'refused', why: 'This conversation is not there any more. Open another one.' }
      const earlier = transcript.runs.byRequest(row.id, message.requestId)
      if (earlier) {
        const messageId = earlier.operatorMessageId ?? earlier.advisorMessageId
        return { kind: 'ok', value: { messageId, runId: earlier.id } }
      }
      const { text, photos } = message
      const why = refusalOf({ text, attachmentIds: photos.map((photo) => photo.attachmentId) })
      if (why) return { kind: 'refused', why }
      if (runner.active(row.id))
        return {
          kind: 'refused',
          why: 'The answer above is still being made. Wait for it, or stop it first.',
        }
      const used = deps.routing.takeUse(row.id, text)
      if (used?.kind === 'refused') return used
      const planned = used
        ? { kind: 'route' as const, route: toldRoute(models.commands) }
        : deps.routing.plan({ conversationId: row.id, text, hasPhotos: photos.length > 0 })
      if (planned.kind === 'refused') return planned
      const operatorMessage = operatorMessageOf(text, photos, clock.nowMs())
      nameAfter(row, message)
      const { runId, done } = runner.start({
        conversationId: row.id,
        requestId: message.requestId,
        operatorMessage,
        route: planned.route,
        note: used ? decisionNote('who answers', used.value.words) : null,
      })
      done.then(() => decisions.check()).catch(deps.onFailure)
      deps.onListChanged()
      return { kind: 'ok', value: { messageId: operatorMessage.id, runId } }
    },
    stop: (conversationId) => ({ kind: 'ok', value: { stopped: runner.stop(conversationId) } }),
    cancelCall({ conversationId, callId }) {
      return runner.cancelCall(conversationId, callId)
        ? { kind: 'ok', value: { callId } }
        : { kind: 'refused', why: 'It has ended by itself already.' }
    },
    costSettled: openSettledCosts(deps),
    async close() {
      const decided = decisions.close()
      await runner.stopAll()
      await decided
    },
  }
}

function operatorMessageOf(
  text: string,
  photos: { attachmentId: string; name: string }[],
  nowMs: number,
): Message {
  const parts: Part[] = photos.map((photo) => ({ kind: 'photo', ...photo }))
  if (text.trim() !== '') parts.push({ kind: 'text', text })
  return {
    id: ulid(),
    role: 'operator',
    createdAt: new Date(nowMs).toISOString(),
    parts,
    answeredBy: null,
  }
}
