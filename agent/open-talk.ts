import { z } from 'zod'
import { loadPrompt } from '../prompts/load-prompt.ts'
import type { Clock } from './clock.ts'
import { openContext } from './context/turn-context.ts'
import { toModelMessages } from './conversation/model-messages.ts'
import { type Conversations, openConversations } from './conversation/open-conversations.ts'
import type { ToolAnswer } from './conversation/turn.ts'
import type { Facts } from './facts/open-facts.ts'
import type { Logger } from './log.ts'
import { type Arranging, openArranging } from './memory/arrange-conversations.ts'
import { type Memory, openMemory } from './memory/open-memory.ts'
import { commandsModel } from './models/commands-model.ts'
import type { Providers } from './models/open-providers.ts'
import { type ModelRoster, openModelRoster } from './models/roster.ts'
import type { OperatorDesk } from './operator-desk.ts'
import type { Chunk } from './protocol/messages.ts'
import { type LampReader, openLampReader } from './reading/lamp-reader.ts'
import { photoFor } from './reading/photo-for.ts'
import { openVisionReader, type VisionReader } from './reading/vision-reader.ts'
import { openReplays } from './routing/open-replays.ts'
import { openRouting, type Routing } from './routing/open-routing.ts'
import { type NoteInAudit, openSpend, type Spend } from './spend/open-spend.ts'
import { conversationSearch } from './store/conversation-search.ts'
import type { LabDatabase } from './store/lab-database.ts'
import { modelFindingsTable } from './store/model-findings.ts'
import { routeDecisionsTable } from './store/route-decisions.ts'
import { routeExamplesTable } from './store/route-examples.ts'
import { routeReplaysTable } from './store/route-replays.ts'
import { routeWishesTable } from './store/route-wishes.ts'
import { tokenCorrectionsTable } from './store/token-corrections.ts'
import { toolResultsTable } from './store/tool-results.ts'
import { openTranscript, type Transcript } from './store/transcript.ts'
import type { Toolbox } from './tools/toolbox.ts'
import { type LabFeed, openLabFeed } from './web/lab-feed.ts'

export interface TalkOptions {
  database: LabDatabase
  clock: Clock
  log: Logger
  version: string
  readOnly: boolean
  desk: OperatorDesk
  toolbox: Toolbox
  facts: Facts
  providers: Providers
  audit: NoteInAudit
  fetch?: typeof globalThis.fetch
}

/** Everything that talks, without the web around it. */
export interface Talk {
  conversations: Conversations
  arranging: Arranging
  memory: Memory
  feed: LabFeed
  spend: Spend
  routing: Routing
  checkConnections(): Promise<number>
  tryModelAgain: ModelRoster['tryAgain']
  readPhotos: (item: Parameters<VisionReader['read']>[0]) => void
  lampReader: LampReader
  /** From now on chunks go to `sink`, and models are looked for. */
  begin(sink: (chunk: Chunk) => void): void
  close(): Promise<void>
}

export function openTalk(options: TalkOptions): Talk {
  const { database, clock, log, desk, toolbox, facts } = options
  let sink: (chunk: Chunk) => void = () => {}

  const commands = commandsModel({
    connections: async () => feed.connections(),
    remembered: () => facts.view().facts.map(({ text }) => text),
  })
  const spend = openSpend({
    database,
    clock,
    servers: options.providers.servers,
    fetch: options.fetch ?? globalThis.fetch,
    audit: options.audit,
    onChange: () => feed.changed('spend'),
    onError: (error) => log.error({ err: error }, 'asking what an answer cost failed'),
  })
  const roster = openModelRoster({
    commands,
    clock,
    providers: options.providers,
    findings: modelFindingsTable(database),
    fetch: options.fetch ?? globalThis.fetch,
    spend,
    onChange() {
      feed.changed('connections')
      feed.changed('routing')
    },
  })
  const routing = openRouting({
    clock,
    decisions: routeDecisionsTable(database),
    examples: routeExamplesTable(database),
    wishes: routeWishesTable(database),
    models: roster,
    tooDear: spend.tooDear,
    onChange: () => feed.changed('routing'),
  })
  const reader = openVisionReader({
    toolbox,
    reader: () => roster.reader(routing.mayReadPhotos),
    photo: (of, entry) => photoFor(of, entry, desk),
    onOutcome: ({ error, ...outcome }) => log.info({ err: error, ...outcome }, 'vision reader'),
  })
  const lampReader = openLampReader({
    desk,
    reader: () => roster.reader(routing.mayReadPhotos),
    onError: (error, model) => log.warn({ err: error, model }, 'a photo of a cable tester was not read'),
  })
  const readPhotos: Talk['readPhotos'] = (item) => {
    reader.read(item).catch((error) => log.error({ err: error }, 'the vision reader failed'))
  }
  const transcript = openTranscript(database)
  const conversations = openConversations({
    clock,
    desk,
    toolbox,
    transcript,
    models: roster,
    routing,
    remembered: () => facts.view().facts.map(({ text }) => text),
    costOf: spend.costOf,
    context: openContext({
      clock,
      corrections: tokenCorrectionsTable(database),
      results: toolResultsTable(database),
      instructions: {
        full: loadPrompt('advisor', { operator: 'the operator' }),
        short: loadPrompt('advisor-short', { operator: 'the operator' }),
      },
      facts,
      models: roster,
    }),
    onChunk(chunk) {
      replays.giveWay()
      sink(chunk)
    },
    onListChanged: () => feed.changed('conversations'),
    onToolAnswer: (answer, conversationId) => {
      const item = startedItem(answer)
      if (!item) return
      desk.linkConversation?.(item.itemId, conversationId)
      readPhotos(item)
    },
    onModelError(error, modelKey) {
      log.warn({ err: error, modelKey }, 'a model did not answer')
      roster.noteFailure(error)
    },
    onFailure: (error) => log.error({ err: error }, 'a conversation failed'),
  })
  spend.watchSettled(conversations.costSettled)
  const arranging = openArranging({
    transcript,
    clock,
    search: conversationSearch(database),
    isAnswering: conversations.isAnswering,
    onListChanged: () => feed.changed('conversations'),
  })
  const memory = openMemory({
    database,
    transcript,
    clock,
    localModel: roster.ownModel,
    withoutPrivate: (text) => withoutPrivate(facts, text),
    hasOpenRequest: (id) => hasOpenRequest(desk, id),
    isIdle: () => isIdle(transcript, desk, clock),
    audit: options.audit,
    onChange: () => feed.changed('memory'),
    onModelError: (error, modelKey) => log.warn({ err: error, modelKey }, 'a model made no summary'),
    onError: (error) => log.error({ err: error }, 'tidying up failed'),
  })
  const replays = openReplays({
    clock,
    toolbox,
    replays: routeReplaysTable(database),
    localModel: roster.ownModel,
    isIdle: () => isIdle(transcript, desk, clock),
    isOff: routing.replaysAreOff,
    messages: transcript.messages.list,
    asModelReads: toModelMessages,
    onChange: () => feed.changed('routing'),
    onError: (error) => log.warn({ err: error }, 'an answer could not be tried again'),
  })
  const feed = openLabFeed({
    desk,
    clock,
    modelViews: () => [options.providers.view() ?? [], roster.views()].flat(),
    spend: spend.view,
    routing: routing.view,
    memory: memory.view,
    facts: facts.view,
    conversations: arranging.summaries,
    hasConversation: (id) => transcript.conversations.get(id) !== null,
    session: { version: options.version, readOnly: options.readOnly },
    onError: (error) => log.error({ err: error }, 'reading the lab failed'),
  })
  const stopFacts = facts.onChange(() => feed.changed('facts'))
  function lookForModels(): void {
    feed.changed('connections')
    roster.refresh().catch((error) => log.error({ err: error }, 'looking for models failed'))
  }
  return {
    conversations,
    arranging,
    memory,
    feed,
    spend,
    routing,
    readPhotos,
    lampReader,
    tryModelAgain: roster.tryAgain,
    async checkConnections() {
      options.providers.reload()
      const [count] = await Promise.all([feed.checkConnections(), roster.refresh()])
      return count
    },
    begin(to) {
      sink = to
      lookForModels()
      options.providers.watch(lookForModels)
      memory.begin()
      replays.begin()
    },
    async close() {
      stopFacts()
      feed.close()
      await Promise.all([
        replays.close(),
        memory.close(),
        conversations.close(),
        reader.close(),
        lampReader.close(),
        roster.close(),
      ])
      await spend.close()
    },
  }
}

const photoArgumentsSchema = z.object({ attachment_ids: z.array(z.string()) })

/** The intake that this call started, with the photos for the reader to look at. */
function startedItem({ card, args, outcome }: ToolAnswer): Parameters<VisionReader['read']>[0] | null {
  if (card.name !== 'netbox_start_intake' || outcome.kind !== 'answer' || !outcome.itemId) return null
  const photos = photoArgumentsSchema.safeParse(args)
  const attachmentIds = photos.success ? photos.data.attachment_ids : []
  return { itemId: outcome.itemId, attachmentIds, knownText: outcome.text }
}

/** The text as a model in the cloud may read it. */
function withoutPrivate(facts: Pick<Facts, 'withhold'>, text: string): string {
  const [message] = facts.withhold([{ role: 'user', content: text }], 'cloud')
  return typeof message?.content === 'string' ? message.content : ''
}

const openStates = new Set(['proposed', 'approved', 'executing'])

/** A card of this conversation waits for a decision, or is being carried out. */
function hasOpenRequest(desk: OperatorDesk, conversationId: string): boolean {
  return desk
    .items()
    .some(
      (item) =>
        item.conversationId === conversationId &&
        [item.change, item.edit].some((change) => change !== null && openStates.has(change.state)),
    )
}

const quietMs = 5 * 60_000

/** Nobody waits for an answer, just had one, or waits for something to be saved. */
function isIdle(transcript: Transcript, desk: OperatorDesk, clock: Clock): boolean {
  const lastAtMs = transcript.conversations.newest()?.updatedAtMs ?? 0
  const isSaving = desk.queue().operations.some(({ tone }) => tone === 'working')
  return transcript.runs.allRunning().length === 0 && !isSaving && clock.nowMs() - lastAtMs >= quietMs
}
