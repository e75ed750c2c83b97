import { z } from 'zod'
import { callJobSchema } from './calls.ts'

/** What is said in a conversation, and how a running answer is sent in numbered chunks. */

export const partSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('photo'), attachmentId: z.string(), name: z.string() }),
  z.object({
    kind: z.literal('tool-call'),
    callId: z.string(),
    server: z.string(),
    tool: z.string(),
    title: z.string(),
    /** JSON text of the arguments, bounded. */
    input: z.string(),
    /** `waiting`: a person has to decide; the change request says what. */
    state: z.enum(['running', 'waiting', 'done', 'failed', 'declined', 'expired']),
    /** Short words about the outcome; null while it runs. */
    outcome: z.string().nullable(),
    /** The item whose card is drawn here, if the call is about one. */
    itemId: z.string().nullable(),
    changeId: z.string().nullable(),
    /** While it runs, and has for a while. */
    job: callJobSchema.optional(),
    /** The model wrote it as text or in a broken form, and HWLab made it good. */
    origin: z.literal('salvaged').optional(),
    /** The structured result for a drawing by tool name, bounded; null when there is none. */
    result: z.unknown(),
  }),
  /** What a model thought before it answered; no model reads it again. `elapsedMs` null: it still thinks. */
  z.object({ kind: z.literal('reasoning'), text: z.string(), elapsedMs: z.number().nullable() }),
  /** What stands in place of older messages. Times are those of the first and the last of them. */
  z.object({
    kind: z.literal('summary'),
    text: z.string(),
    messages: z.number(),
    from: z.string(),
    to: z.string(),
    /** The model that wrote it; null: code did. */
    madeBy: z.string().nullable(),
    promptHash: z.string().nullable(),
  }),
  z.object({ kind: z.literal('notice'), tone: z.enum(['muted', 'bad']), text: z.string() }),
])
export type Part = z.infer<typeof partSchema>

export const messageSchema = z.object({
  id: z.string(),
  role: z.enum(['operator', 'advisor']),
  createdAt: z.string(),
  parts: z.array(partSchema),
  /** Who answered and why; null for the operator and while the answer is being made. */
  answeredBy: z
    .object({
      model: z.string(),
      where: z.enum(['commands', 'local', 'cloud']),
      why: z.string(),
      inputTokens: z.number().nullable(),
      outputTokens: z.number().nullable(),
      /** null: HWLab ended before it did. */
      elapsedMs: z.number().nullable(),
      costUsd: z.number(),
      /** Some of it is what a call may cost at most, until its provider tells. Left out: all of it is known. */
      costIsOpen: z.literal(true).optional(),
      /** How its last step ended; null: before this was kept. */
      finish: z.enum(['stop', 'tool', 'length', 'filter', 'error', 'empty', 'stopped']).nullable(),
      /** The instructions it was given: a file of `prompts/`, and its SHA-256. null: none. */
      prompt: z.object({ name: z.string(), hash: z.string() }).nullable(),
    })
    .nullable(),
})
export type Message = z.infer<typeof messageSchema>

/** `seq` counts from 1 within a run, without gaps; a client that sees a gap asks with `conversation-open`. */
export const chunkSchema = z.object({
  conversationId: z.string(),
  runId: z.string(),
  seq: z.number(),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('message-start'), message: messageSchema }),
    /** Goes on with the text, or the reasoning, that stands there. */
    z.object({
      kind: z.literal('text-delta'),
      messageId: z.string(),
      partIndex: z.number(),
      text: z.string(),
    }),
    z.object({ kind: z.literal('part-set'), messageId: z.string(), partIndex: z.number(), part: partSchema }),
    z.object({
      kind: z.literal('run-end'),
      messageId: z.string(),
      outcome: z.enum(['done', 'waiting', 'stopped', 'failed']),
      answeredBy: messageSchema.shape.answeredBy,
    }),
    /** Of an answer that has ended; `seq` is 0. */
    z.object({
      kind: z.literal('cost-settled'),
      messageId: z.string(),
      answeredBy: messageSchema.shape.answeredBy,
    }),
  ]),
})
export type Chunk = z.infer<typeof chunkSchema>

export const conversationSchema = z.object({
  id: z.string(),
  title: z.string(),
  messages: z.array(messageSchema),
  /** The run in progress with every chunk so far after `afterSeq`, or null. */
  run: z.object({ runId: z.string(), lastSeq: z.number() }).nullable(),
})
export type Conversation = z.infer<typeof conversationSchema>

const id = z.string().min(1).max(64)

export const messageRequests = {
  /** Opens or resumes; without an id the newest conversation, or a new empty one. */
  'conversation-open': z.object({
    conversationId: id.nullable(),
    runId: id.nullable(),
    afterSeq: z.number().int(),
  }),
  'conversation-new': z.object({}),
  /** Idempotent by `requestId`. Text up to 20,000 characters; longer is refused with a sentence. */
  'message-send': z.object({
    conversationId: id,
    requestId: id,
    text: z.string(),
    attachmentIds: z.array(id).max(3),
  }),
  'run-stop': z.object({ conversationId: id }),
} as const

export interface MessageResponses {
  'conversation-open': { conversation: Conversation; chunks: Chunk[] }
  'conversation-new': { conversationId: string }
  'message-send': { messageId: string; runId: string }
  'run-stop': { stopped: boolean }
}
