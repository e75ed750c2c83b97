import { z } from 'zod'
import { type CableResponses, cableBench, cableRequests } from './protocol/cable-tests.ts'
import { type CallResponses, callJobSchema, callRequests } from './protocol/calls.ts'
import { type ChangeResponses, changeRequests } from './protocol/changes.ts'
import {
  type ConsoleResponses,
  consoleBench,
  consoleRequests,
  type TerminalBytes,
  type TerminalEnd,
} from './protocol/consoles.ts'
import {
  type ConversationResponses,
  conversationRequests,
  conversationSummarySchema,
} from './protocol/conversations.ts'
import { type DriftResponses, driftRequests, driftViewSchema } from './protocol/drift.ts'
import { type FactResponses, factRequests, factsViewSchema } from './protocol/facts.ts'
import { type MemoryResponses, memoryRequests, memoryViewSchema } from './protocol/memory.ts'
import { type MeterFrame, type MeterResponses, meterBench, meterRequests } from './protocol/meters.ts'
import { type ModelResponses, modelRequests } from './protocol/models.ts'
import { type OthersResponses, othersRequests, othersViewSchema } from './protocol/others.ts'
import { type PluggedInResponses, pluggedInRequests } from './protocol/plugged-in.ts'
import { mediaChoicesSchema, type PrinterResponses, printerRequests } from './protocol/printers.ts'
import {
  type QueueResponses,
  queueOperationSchema,
  queueRequests,
  queueStandingSchema,
} from './protocol/queue.ts'
import { type RoutingResponses, routingRequests, routingViewSchema } from './protocol/routing.ts'
import { type SetupResponses, setupRequests } from './protocol/setup.ts'
import { type SpendResponses, spendRequests, spendViewSchema } from './protocol/spend.ts'

/**
 * Every message between agent and ui. Times are ISO 8601 UTC with Z unless the name ends in `Ms`. Sections of the lab
 * (items, queue, bench…) are sent whole and are authoritative; only a running answer is sent in numbered chunks.
 */

/* ---- cards ------------------------------------------------------------------------------------------------------ */

export const boxSchema = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
})

export const evidenceViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['operator', 'decoded', 'read', 'catalogue', 'derived', 'said']),
  /** "Decoded from Code 128", "Read by OCR beside “S/N”", "Gemma says so". */
  words: z.string(),
  value: z.string(),
  quote: z.string(),
  /** The very crop: `/attachments/<id>/crop?left=…` is drawn from it. */
  crop: z.object({ attachmentId: z.string(), box: boxSchema }).nullable(),
})
export type EvidenceView = z.infer<typeof evidenceViewSchema>

export const fieldViewSchema = z.object({
  field: z.string(),
  label: z.string(),
  value: z.string().nullable(),
  /** 0 to 1; the ui shows words, with the number on demand. */
  probability: z.number(),
  /** "decoded", "read and in the catalogue", "said by a model only", "you", "not visible". */
  standing: z.string(),
  conflict: z.boolean(),
  /** Other values that were read, best first. */
  alternatives: z.array(z.string()),
  /** Values offered when editing (for example roles); empty: free text. */
  choices: z.array(z.string()),
  evidence: z.array(evidenceViewSchema),
})
export type FieldView = z.infer<typeof fieldViewSchema>

export const stageViewSchema = z.object({
  name: z.string(),
  /** "Reading codes…" while working, "3 codes" when done. */
  words: z.string(),
  status: z.enum(['waiting', 'working', 'done', 'failed', 'skipped']),
})
export type StageView = z.infer<typeof stageViewSchema>

export const changeStepViewSchema = z.object({
  position: z.number(),
  kind: z.string(),
  title: z.string(),
  optional: z.boolean(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'unknown', 'left-out']),
  outcome: z.string().nullable(),
  /** Position of the step that must be done first, or null. */
  waitsFor: z.number().nullable(),
})

/** A change request as a person decides it. `tone` and `stateWords` are drawn as sent. */
export const changeViewSchema = z.object({
  id: z.string(),
  digest: z.string(),
  itemId: z.string().nullable(),
  tier: z.enum(['write', 'bulk-or-destructive', 'physical']),
  title: z.string(),
  requester: z.string(),
  lines: z.array(
    z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  warnings: z.array(z.string()),
  steps: z.array(changeStepViewSchema),
  state: z.enum([
    'proposed',
    'approved',
    'executing',
    'done',
    'failed',
    'unknown',
    'declined',
    'cancelled',
    'expired',
    'superseded',
    'stale',
  ]),
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  /** The words of the approving button: "Confirm and print", "Create record", "Print". */
  approveWords: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  decidedBy: z.string().nullable(),
})
export type ChangeView = z.infer<typeof changeViewSchema>

export const itemViewSchema = z.object({
  id: z.string(),
  tag: z.string().nullable(),
  title: z.string(),
  /** From the built-in sample: shown as such everywhere. */
  sample: z.boolean(),
  state: z.enum(['draft', 'indexed', 'needs_research', 'researched', 'complete']),
  /** "Needs research", "Ready to confirm", "In the inventory". */
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  /** What to do next, one sentence: "Photograph the label on the back." */
  nextAction: z.string(),
  conversationId: z.string().nullable(),
  photos: z.array(
    z.object({
      attachmentId: z.string(),
      widthPixels: z.number(),
      heightPixels: z.number(),
      name: z.string(),
    }),
  ),
  stages: z.array(stageViewSchema),
  fields: z.array(fieldViewSchema),
  /** Records that may be this very thing; `certain` when serial, MAC or tag is the same. */
  duplicates: z.array(
    z.object({
      words: z.string(),
      tag: z.string().nullable(),
      url: z.string().nullable(),
      certain: z.boolean(),
    }),
  ),
  /** The open or last change request that records the item. */
  change: changeViewSchema.nullable(),
  /** The open or last request about its record. */
  edit: changeViewSchema.nullable(),
  /** Set when the record was read back. */
  record: z
    .object({
      url: z.string(),
      words: z.string(),
      confirmedAt: z.string(),
      /** The thing is gone for good; the record and the tag stay. */
      retired: z.boolean(),
      /** Names of the fields that can be changed. */
      editable: z.array(z.string()),
    })
    .nullable(),
  /** `/labels/items/<id>.svg` when a label can be drawn, else null. */
  labelPreviewUrl: z.string().nullable(),
  printerId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type ItemView = z.infer<typeof itemViewSchema>

/* ---- the sections at the side ------------------------------------------------------------------------------------ */

export const queueViewSchema = z.object({
  target: z.string(),
  /** "Everything is saved.", "2 waiting for NetBox", "NetBox is away since 14:02; 3 waiting". */
  words: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
  standing: queueStandingSchema,
  operations: z.array(queueOperationSchema),
})
export type QueueView = z.infer<typeof queueViewSchema>

export const printerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  media: z.string(),
  mediaId: z.string(),
  mediaChoices: mediaChoicesSchema,
  /** False: nothing can be printed on it, and `stateWords` says why and what to do. */
  usable: z.boolean(),
  stateWords: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
})
export const printJobViewSchema = z.object({
  id: z.string(),
  tag: z.string(),
  printerName: z.string(),
  /** "Printed", "Sent, unconfirmed", "Failed: cover open", "Did the label come out?". */
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  /** Where the file is, for PNG and PDF. */
  fileUrl: z.string().nullable(),
  actions: z.array(z.enum(['label-came-out', 'no-label', 'reprint', 'void'])),
  updatedAt: z.string(),
})
export const benchViewSchema = z.object({
  /** What is really plugged in. */
  devices: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.string(),
      ids: z.string(),
      simulated: z.boolean(),
      stateWords: z.string(),
      tone: z.enum(['good', 'working', 'bad', 'muted']),
      note: z.string().nullable(),
    }),
  ),
  /** Why devices cannot be listed here, or null. */
  devicesNote: z.string().nullable(),
  ...meterBench,
  ...consoleBench,
  ...cableBench,
  printers: z.array(printerViewSchema),
  printJobs: z.array(printJobViewSchema),
  /** Label sheets that `/labels/sheet.pdf` can fill. */
  sheets: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      /** Product numbers under which such sheets are sold. */
      products: z.string(),
      columns: z.number(),
      rows: z.number(),
      /** Width of the page by its height. */
      pageShape: z.number(),
    }),
  ),
})
export type BenchView = z.infer<typeof benchViewSchema>

/** One line of "what is connected": NetBox, SearXNG, models, OCR, printers. */
export const connectionViewSchema = z.object({
  name: z.string(),
  stateWords: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
  /** What is missing and how to get it; null when all is well. */
  fix: z.string().nullable(),
  /** What HWLab needs there can be looked at and added. */
  offersSetUp: z.literal(true).optional(),
  /** A model that can be tried again. */
  modelKey: z.string().max(300).optional(),
})
export type ConnectionView = z.infer<typeof connectionViewSchema>

/* ---- conversation ------------------------------------------------------------------------------------------------ */

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
      elapsedMs: z.number(),
      costUsd: z.number(),
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

/* ---- server → client -------------------------------------------------------------------------------------------- */

export const labSectionSchema = z.discriminatedUnion('section', [
  z.object({ section: z.literal('items'), value: z.array(itemViewSchema) }),
  /** Open change requests that are not drawn on an item card, from any client; then how those about many things ended. */
  z.object({ section: z.literal('changes'), value: z.array(changeViewSchema) }),
  z.object({ section: z.literal('queue'), value: queueViewSchema }),
  z.object({ section: z.literal('drift'), value: driftViewSchema }),
  z.object({ section: z.literal('bench'), value: benchViewSchema }),
  z.object({ section: z.literal('spend'), value: spendViewSchema }),
  z.object({ section: z.literal('routing'), value: routingViewSchema }),
  z.object({ section: z.literal('memory'), value: memoryViewSchema }),
  z.object({ section: z.literal('others'), value: othersViewSchema }),
  z.object({ section: z.literal('facts'), value: factsViewSchema }),
  z.object({ section: z.literal('connections'), value: z.array(connectionViewSchema) }),
  z.object({ section: z.literal('conversations'), value: z.array(conversationSummarySchema) }),
  z.object({
    section: z.literal('session'),
    value: z.object({ operator: z.string(), version: z.string(), readOnly: z.boolean() }),
  }),
])
export type LabSection = z.infer<typeof labSectionSchema>

export interface ServerEvents {
  'lab-section': (section: LabSection) => void
  chunk: (chunk: Chunk) => void
  'meter-frame': (frame: MeterFrame) => void
  'terminal-bytes': (bytes: TerminalBytes) => void
  'terminal-end': (end: TerminalEnd) => void
}

/* ---- client → server: every one is answered by an acknowledgement ------------------------------------------------ */

/** `why` is a sentence for the person: what happened and what to do. */
export type Answer<Value> = { kind: 'ok'; value: Value } | { kind: 'refused'; why: string }

const id = z.string().min(1).max(64)

export const requestSchemas = {
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
  /** A built-in sample photo goes the whole way, marked as a sample. */
  'sample-start': z.object({ conversationId: id, requestId: id }),
  'field-correct': z.object({ itemId: id, field: z.string().max(40), value: z.string().max(2000) }),
  'photo-add': z.object({ itemId: id, attachmentIds: z.array(id).min(1).max(3) }),
  /** Files (or renews) the change request of an item that the gate would hold back: the explicit confirmation. */
  'item-propose': z.object({ itemId: id }),
  /** Files one request for all of these that are ready; the others are told in the answer. */
  'items-propose': z.object({ itemIds: z.array(id).min(1).max(50), print: z.boolean() }),
  'item-discard': z.object({ itemId: id }),
  'printer-choose': z.object({ itemId: id, printerId: id }),
  'change-decide': z.object({
    changeId: id,
    digest: z.string().length(64),
    decision: z.enum(['approve', 'decline']),
    /** Positions of optional steps to leave out. */
    leaveOut: z.array(z.number().int()).max(200),
  }),
  'operation-act': z.object({ operationId: id, action: z.enum(['retry', 'edit', 'cancel']) }),
  'print-job-act': z.object({ jobId: id, action: z.enum(['label-came-out', 'no-label', 'reprint', 'void']) }),
  'connections-check': z.object({}),
  ...callRequests,
  ...changeRequests,
  ...conversationRequests,
  ...driftRequests,
  ...memoryRequests,
  ...factRequests,
  ...queueRequests,
  ...meterRequests,
  ...consoleRequests,
  ...cableRequests,
  ...pluggedInRequests,
  ...printerRequests,
  ...modelRequests,
  ...othersRequests,
  ...routingRequests,
  ...setupRequests,
  ...spendRequests,
} as const
export type RequestName = keyof typeof requestSchemas
export type RequestBody<Name extends RequestName> = z.infer<(typeof requestSchemas)[Name]>

export interface ResponseValues
  extends CallResponses,
    ChangeResponses,
    ConversationResponses,
    DriftResponses,
    MemoryResponses,
    FactResponses,
    MeterResponses,
    ConsoleResponses,
    CableResponses,
    ModelResponses,
    PluggedInResponses,
    PrinterResponses,
    OthersResponses,
    QueueResponses,
    RoutingResponses,
    SetupResponses,
    SpendResponses {
  'conversation-open': { conversation: Conversation; chunks: Chunk[] }
  'conversation-new': { conversationId: string }
  'message-send': { messageId: string; runId: string }
  'run-stop': { stopped: boolean }
  'sample-start': { messageId: string; runId: string }
  'field-correct': { itemId: string }
  'photo-add': { itemId: string }
  'item-propose': { changeId: string }
  'items-propose': {
    changeId: string
    words: string
    left: { name: string; kind: 'skipped' | 'failed'; why: string }[]
  }
  'item-discard': { itemId: string }
  'printer-choose': { itemId: string }
  'change-decide': { changeId: string; state: ChangeView['state'] }
  'operation-act': { operationId: string }
  'print-job-act': { jobId: string }
  'connections-check': { checked: number }
}

/** `POST /uploads` (multipart, field `photo`, up to 3 files): one entry per file, in order. */
export const uploadAnswerSchema = z.object({
  files: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('stored'),
        attachmentId: z.string(),
        name: z.string(),
        widthPixels: z.number(),
        heightPixels: z.number(),
      }),
      z.object({ kind: z.literal('refused'), name: z.string(), why: z.string() }),
    ]),
  ),
})
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>
