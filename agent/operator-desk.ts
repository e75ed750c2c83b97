import type { BenchView } from './protocol/bench.ts'
import type { CableNoteResponses } from './protocol/cable-test-notes.ts'
import type { CableResponses } from './protocol/cable-tests.ts'
import type { ChangeResponses, ChangeView } from './protocol/changes.ts'
import type { ConnectionView } from './protocol/connections.ts'
import type { ConsoleResponses } from './protocol/consoles.ts'
import type { DriftResponses, DriftView } from './protocol/drift.ts'
import type { ItemResponses, ItemView } from './protocol/items.ts'
import type { LiveRow, MeterFrame, MeterResponses } from './protocol/meters.ts'
import type { OthersResponses, OthersView } from './protocol/others.ts'
import type { PluggedInResponses } from './protocol/plugged-in.ts'
import type { PrinterResponses } from './protocol/printers.ts'
import type { QueueResponses, QueueView } from './protocol/queue.ts'
import type { SetupResponses } from './protocol/setup.ts'
import type { Answer, RequestBody, ResponseValues } from './protocol.ts'

type Done = { kind: 'ok' } | { kind: 'refused'; why: string }

/** How reading a photo of a tester ended. `near`, `far`: the lamps that are lit; null: that end is not in the photo. */
export type LampsOutcome =
  | {
      kind: 'said'
      modelName: string
      promptHash: string
      said: { near: string[] | null; far: string[] | null; isSure: boolean }
    }
  | { kind: 'unread'; why: string }

type DeskAction =
  | Exclude<keyof CableResponses, 'cable-photo-read'>
  | keyof CableNoteResponses
  | Exclude<keyof ChangeResponses, 'change-decide'>
  | keyof DriftResponses
  | Exclude<keyof MeterResponses, 'meter-watch'>
  | Extract<keyof ConsoleResponses, `console-${string}`>
  | keyof PluggedInResponses
  | keyof PrinterResponses
  | keyof OthersResponses
  | keyof QueueResponses
  | keyof SetupResponses
  | Exclude<keyof ItemResponses, 'sample-start'>

/**
 * What a signed-in person may do with the lab, beside the tools: no model and no MCP client reaches it. `main.ts` hands
 * it to the web part; everything that a model does goes over MCP instead. `operator` is the person's name for the audit.
 */
export type OperatorDesk = {
  [Name in DeskAction]: (body: RequestBody<Name>, operator: string) => Promise<Answer<ResponseValues[Name]>>
} & {
  decide(
    body: RequestBody<'change-decide'>,
    operator: string,
    channel: 'chat-card' | 'confirm-page',
  ): Promise<Answer<ResponseValues['change-decide']>>
  items(): ItemView[]
  openChanges(): ChangeView[]
  /** Requests about many things that ended lately: how each of them went. */
  reports(): ChangeView[]
  change(changeId: string): ChangeView | null
  queue(): QueueView
  /** JSON text of every write that is not in the inventory yet. */
  exportedQueue(): string
  /** A sentence for an error that is not HWLab’s own doing, such as a full disk; null for any other. */
  excuseFor(error: unknown): string | null
  drift(): DriftView
  /** The whole report, however long. */
  driftReport(format: 'csv' | 'md'): string
  bench(): Promise<BenchView>
  /** Photos of cable testers: what a model says of them is only ever an offer to the person. */
  lampPhotos: {
    /** `near` and `far`: the lamps that there can be. */
    begin(
      photo: RequestBody<'cable-photo-read'>,
    ): { kind: 'reading'; photoId: string; near: string[]; far: string[] } | { kind: 'refused'; why: string }
    /** Nobody took it out meanwhile. */
    isWanted(photoId: string): boolean
    end(photoId: string, outcome: LampsOutcome): void
  }
  /** Consoles that a person drives by hand; `onEnd` is called once, unless `close` ended it. */
  terminals: {
    open(wish: {
      place: string
      baudRate: number
      operator: string
      onBytes(bytes: Uint8Array): void
      onEnd(words: string): void
    }): Promise<{ kind: 'open'; id: string } | { kind: 'refused'; why: string }>
    type(id: string, bytes: Uint8Array): Promise<Done>
    setBaudRate(id: string, baudRate: number): Promise<Done>
    sendBreak(id: string): Promise<Done>
    close(id: string): Promise<void>
  }
  /** Keeps the meter running and calls `onFrame` at most ten times a second, until `stop`. */
  watchMeter(
    key: string,
    onFrame: (frame: MeterFrame) => void,
  ): { kind: 'watching'; history: LiveRow[]; stop(): void } | { kind: 'refused'; why: string }
  /** CSV text of every sample, in parts; null: there is no such recording. */
  recordingCsv(recordingId: string): Iterable<string> | null
  /** What its meter sent, as text in parts; null: it was not kept. */
  recordingReports(recordingId: string): Iterable<string> | null
  /** MCP servers of others. */
  others(): OthersView
  connections(): Promise<ConnectionView[]>
  /** Bytes as sent by the browser; checked, turned upright, stripped, hashed, stored. */
  storePhoto(
    bytes: Uint8Array,
    fileName: string,
  ): Promise<
    | { kind: 'stored'; attachmentId: string; widthPixels: number; heightPixels: number }
    | { kind: 'refused'; why: string }
  >
  /** The built-in sample photo, stored like an upload. */
  storeSamplePhoto(): Promise<{ attachmentId: string; name: string }>
  /** The photo with its codes, serial numbers and MAC addresses painted over; null: unknown, or it cannot be read. */
  maskedPhoto(attachmentId: string): Promise<{ bytes: Uint8Array; mediaType: string } | null>
  /** The re-encoded photo or a crop of it (pixels of the upright photo), or null when unknown. */
  photo(
    attachmentId: string,
    crop: { left: number; top: number; width: number; height: number } | null,
  ): Promise<{ bytes: Uint8Array; mediaType: string } | null>
  /** The label as it will be printed, or null when nothing can be drawn yet. */
  labelSvg(itemId: string): Promise<string | null>
  /** A PNG or PDF that a file printer wrote, or null. */
  printedFile(jobId: string): { path: string; mediaType: string } | null
  /** A PDF of labels on sheets, for confirmed records only; `skip` labels of the first page are used up. */
  labelSheet(wish: { tags: readonly string[]; sheetId: string; skip: number }): Promise<Answer<Uint8Array>>
  /** `/a/<tag>`: where the tag leads. */
  resolveTag(
    tag: string,
  ): Promise<
    | { kind: 'record'; url: string; title: string }
    | { kind: 'item'; itemId: string }
    | { kind: 'unknown' }
    | { kind: 'not-a-tag' }
  >
  /** The chat in which the item's intake began; shown on its card. */
  linkConversation?(itemId: string, conversationId: string): void
  /** Calls the listener whenever the named section may have changed; the returned function ends it. */
  onChange(
    listener: (section: 'items' | 'changes' | 'queue' | 'drift' | 'bench' | 'others') => void,
  ): () => void
  /** Calls the listener when an item is read again from its photos: models may look at them as well. */
  onReadAgain?(listener: (itemId: string, attachmentIds: string[]) => void): () => void
  /** Calls the listener when a change request ends (done, failed, declined, expired…). */
  onChangeEnded(listener: (change: ChangeView) => void): () => void
}
