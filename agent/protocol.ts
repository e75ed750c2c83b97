import { z } from 'zod'
import { benchViewSchema } from './protocol/bench.ts'
import { type CableNoteResponses, cableNoteRequests } from './protocol/cable-test-notes.ts'
import { type CableResponses, cableRequests } from './protocol/cable-tests.ts'
import { type CallResponses, callRequests } from './protocol/calls.ts'
import { type ChangeResponses, changeRequests, changeViewSchema } from './protocol/changes.ts'
import { type ConnectionResponses, connectionRequests, connectionViewSchema } from './protocol/connections.ts'
import {
  type ConsoleResponses,
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
import { type ItemResponses, itemRequests, itemViewSchema } from './protocol/items.ts'
import { type MemoryResponses, memoryRequests, memoryViewSchema } from './protocol/memory.ts'
import { type Chunk, type MessageResponses, messageRequests } from './protocol/messages.ts'
import { type MeterFrame, type MeterResponses, meterRequests } from './protocol/meters.ts'
import { type ModelResponses, modelRequests } from './protocol/models.ts'
import { type OthersResponses, othersRequests, othersViewSchema } from './protocol/others.ts'
import { type PluggedInResponses, pluggedInRequests } from './protocol/plugged-in.ts'
import { type PrinterResponses, printerRequests } from './protocol/printers.ts'
import { type QueueResponses, queueRequests, queueViewSchema } from './protocol/queue.ts'
import { type RoutingResponses, routingRequests, routingViewSchema } from './protocol/routing.ts'
import { type SetupResponses, setupRequests } from './protocol/setup.ts'
import { type SpendResponses, spendRequests, spendViewSchema } from './protocol/spend.ts'

/**
 * Every message between agent and ui. Times are ISO 8601 UTC with Z unless the name ends in `Ms`. Sections of the lab
 * (items, queue, bench…) are sent whole and are authoritative; only a running answer is sent in numbered chunks.
 */

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

export const requestSchemas = {
  ...callRequests,
  ...connectionRequests,
  ...itemRequests,
  ...messageRequests,
  ...changeRequests,
  ...conversationRequests,
  ...driftRequests,
  ...memoryRequests,
  ...factRequests,
  ...queueRequests,
  ...meterRequests,
  ...consoleRequests,
  ...cableRequests,
  ...cableNoteRequests,
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
    ConnectionResponses,
    ItemResponses,
    MessageResponses,
    ConversationResponses,
    DriftResponses,
    MemoryResponses,
    FactResponses,
    MeterResponses,
    ConsoleResponses,
    CableResponses,
    CableNoteResponses,
    ModelResponses,
    PluggedInResponses,
    PrinterResponses,
    OthersResponses,
    QueueResponses,
    RoutingResponses,
    SetupResponses,
    SpendResponses {}
