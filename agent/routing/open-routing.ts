import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { Message } from '../protocol/messages.ts'
import type { RouteView, RoutingView } from '../protocol/routing.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import type { Query } from '../spend/query.ts'
import type { AskedTask, RouteDecision, RouteDecisionsTable } from '../store/route-decisions.ts'
import type { RouteExamplesTable } from '../store/route-examples.ts'
import type { RouteWishesTable } from '../store/route-wishes.ts'
import { askTask } from './ask-task.ts'
import { whyNotShown } from './eligibility.ts'
import { openIntent, type ReadIntent, taskOf } from './intent.ts'
import { type Planned, planRoute, type RoutedWorld, type Unsure } from './plan-route.ts'
import { routeView } from './route-view.ts'
import { readShipped, shippedExamples } from './shipped-examples.ts'
import { tasksInWords } from './task-words.ts'
import { taughtView } from './taught-view.ts'
import { readUse, type Wish, wishOf } from './wish.ts'

/** A model that failed is asked last for so long. */
const awayMs = 60_000
/** A model that took too long to say what a message asks for is not asked that for so long. */
const slowMs = 600_000

export interface RoutingDeps {
  decisions: RouteDecisionsTable
  examples: RouteExamplesTable
  wishes: RouteWishesTable
  clock: Clock
  models: { commands: ModelEntry; entries(): ModelEntry[] }
  /** Why the caps do not allow a question to this model now; null: they do. */
  tooDear(entry: ModelEntry): string | null
  onChange(): void
}

/** Who answers: by a person's wish, else the cheapest model that can; every decision on record. */
export interface Routing {
  plan(turn: { conversationId: string; text: string; hasPhotos: boolean }): Planned
  /** Asks a small model what the message asks for. Never throws. */
  askTask(unsure: Unsure, run: { query: Query; signal: AbortSignal }): Promise<AskedTask>
  wishIn(conversationId: string): string
  /** `/use …` in a message; null: it is something else. */
  takeUse(conversationId: string, text: string): Answer<{ words: string }> | null
  use(conversationId: string, wish: string): Answer<{ words: string }>
  setRules(rules: RequestBody<'route-rules'>): Answer<{ words: string }>
  /** Not when everything stays on this network and it is elsewhere. */
  mayAnswer(entry: ModelEntry): boolean
  /** Whether answers of the cloud are tried again here at night. */
  setReplays(isOn: boolean): Answer<{ words: string }>
  replaysAreOff(): boolean
  /** Whether this model may be shown a photo. */
  mayReadPhotos(entry: ModelEntry): boolean
  noteFailure(modelKey: string): void
  record(decision: RouteDecision): void
  /** Calls of a run that the armour made good. */
  noteSalvaged(runId: string, calls: number): void
  /** Of all answers that are kept. */
  salvagedCalls(): number
  view(): RoutingView
  open(messageId: string): RouteView | null
  /** Whom this answer was asked of last, and why; null: nobody knows any more. */
  answererOf(messageId: string): Pick<NonNullable<Message['answeredBy']>, 'model' | 'where' | 'why'> | null
  /** “Learn this”: the question of this answer becomes an example. */
  learn(body: RequestBody<'route-learn'>): Answer<{ words: string }>
  forget(body: RequestBody<'route-forget'>): Answer<{ words: string }>
}

export function openRouting(deps: RoutingDeps): Routing {
  const { decisions, wishes, clock, models } = deps
  /** Learnt at the first question, not while somebody waits for the start; null: not yet, or something was taught since. */
  let learnt: ReadIntent | null = null
  const readIntent: ReadIntent = (text) => {
    learnt ??= withTaught()
    return learnt(text)
  }
  const failedAtMs = new Map<string, number>()
  const lateAtMs = new Map<string, number>()
  const isWithin = (ms: number, since: number | undefined) =>
    since !== undefined && clock.nowMs() - since < ms

  function withTaught(): ReadIntent {
    const taught = deps.examples.all().flatMap(({ text, task: named }) => {
      const task = taskOf(named)
      return task ? [{ text, task }] : []
    })
    return taught.length === 0 ? readShipped() : openIntent([...shippedExamples, ...taught])
  }
  function world(): RoutedWorld {
    return {
      commands: models.commands,
      entries: models.entries(),
      readIntent,
      keepLocal: wishes.rule('keep-local'),
      photosToCloud: wishes.rule('photos-to-cloud'),
      isAway: ({ key }) => isWithin(awayMs, failedAtMs.get(key)),
      isSlow: ({ key }) => isWithin(slowMs, lateAtMs.get(key)),
      tooDear: deps.tooDear,
    }
  }
  /** The same words within two turns: the answer did not do, and counts as too weak. Its tier, or null. */
  function askedAgain(conversationId: string, text: string): number | null {
    const again = decisions
      .lastAnswered(conversationId)
      .filter(({ id }) => plainly(deps.examples.question(id) ?? '') === plainly(text))
    for (const { id } of again) decisions.markTooWeak(id)
    return again.length === 0 ? null : Math.max(...again.map(({ tier }) => tier))
  }
  /** As if a short question were asked, whatever it asks for. */
  const whyNot = (wish: Wish) => {
    const asked = { text: 'Is it so?', hasPhotos: false, wish }
    const planned = planRoute(asked, { ...world(), readIntent: () => null })
    return planned.kind === 'refused' ? planned.why : null
  }
  function use(conversationId: string, wish: string): Answer<{ words: string }> {
    const why = whyNot(wishOf(wish))
    if (why !== null) return { kind: 'refused', why }
    if (!wishes.setWish(conversationId, wish))
      return { kind: 'refused', why: 'This conversation is not there any more. Open another one.' }
    const wished = models.entries().filter((entry) => entry.key === wish || entry.where === wish)
    decisions.markWeakerThan(conversationId, Math.max(0, ...wished.map(({ tier }) => tier)))
    deps.onChange()
    return { kind: 'ok', value: { words: wishWords(wishOf(wish), models.entries()) } }
  }

  return {
    plan({ conversationId, text, hasPhotos }) {
      const wish = wishOf(wishes.wish(conversationId))
      const tooWeakTier = hasPhotos ? null : askedAgain(conversationId, text)
      return planRoute({ text, hasPhotos, wish, tooWeakTier }, world())
    },
    async askTask({ entry, text }, run) {
      const asked = await askTask({ entry, text, ...run }, clock)
      if (asked.trouble === 'late') lateAtMs.set(entry.key, clock.nowMs())
      return asked
    },
    wishIn: wishes.wish,
    use,
    takeUse(conversationId, text) {
      const command = readUse(text, models.entries())
      if (command.kind === 'none') return null
      return command.kind === 'wish' ? use(conversationId, command.wish) : command
    },
    setRules({ keepLocal, photosToCloud }) {
      wishes.setRule('keep-local', keepLocal)
      wishes.setRule('photos-to-cloud', photosToCloud)
      deps.onChange()
      return { kind: 'ok', value: { words: rulesWords(keepLocal, photosToCloud) } }
    },
    mayAnswer: ({ where }) => where !== 'cloud' || !wishes.rule('keep-local'),
    setReplays(isOn) {
      wishes.setRule('no-replays', !isOn)
      deps.onChange()
      const words = isOn
        ? 'A few answers of the cloud are tried again here at night.'
        : 'Nothing is tried again.'
      return { kind: 'ok', value: { words } }
    },
    replaysAreOff: () => wishes.rule('no-replays'),
    mayReadPhotos: (entry) => whyNotShown(entry, world()) === null,
    noteFailure(modelKey) {
      failedAtMs.set(modelKey, clock.nowMs())
    },
    record: decisions.put,
    noteSalvaged: decisions.noteSalvaged,
    salvagedCalls: decisions.salvagedCalls,
    view() {
      const offered: [string, string][] = [
        ['auto', 'HWLab chooses'],
        ['local', 'Local models only'],
        ['cloud', 'Cloud only'],
        ...models.entries().map(({ key, name }): [string, string] => [key, name]),
      ]
      return {
        choices: offered.map(([wish, name]) => ({ wish, name, whyNot: whyNot(wishOf(wish)) })),
        chosen: wishes.all(),
        keepLocal: wishes.rule('keep-local'),
        photosToCloud: wishes.rule('photos-to-cloud'),
        replays: !wishes.rule('no-replays'),
        ...taughtView(deps.examples.all(), decisions.misroutes(), decisions.byWeek(clock.nowMs())),
      }
    },
    learn({ messageId, task: named }) {
      const task = taskOf(named)
      const decision = decisions.ofMessage(messageId)
      const text = decision && deps.examples.question(decision.id)
      if (!task || !decision || !text)
        return { kind: 'refused', why: 'There is no question in words to learn from here.' }
      deps.examples.put({ id: decision.id, text, task, taughtAtMs: clock.nowMs() })
      if (decision.decidedBy === 'cheapest' && decision.task !== task) decisions.markWrongTask(decision.id)
      learnt = null
      deps.onChange()
      return { kind: 'ok', value: { words: `Learnt: this reads like ${tasksInWords[task]}.` } }
    },
    forget({ exampleId }) {
      if (!deps.examples.remove(exampleId))
        return { kind: 'refused', why: 'This example is not there any more.' }
      learnt = null
      deps.onChange()
      return { kind: 'ok', value: { words: 'Forgotten.' } }
    },
    answererOf(messageId) {
      const decision = decisions.ofMessage(messageId)
      const used = decision?.models.find(({ reason }) => reason === null)
      if (!decision || !used) return null
      const where = decision.tier > 1 ? 'cloud' : 'local'
      return { model: used.name, why: used.words, where: decision.tier === 0 ? 'commands' : where }
    },
    open(messageId) {
      const decision = decisions.ofMessage(messageId)
      return decision && routeView(decision)
    },
  }
}

function plainly(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function wishWords(wish: Wish, entries: ModelEntry[]): string {
  if (wish.kind === 'auto') return 'HWLab chooses who answers in this conversation again.'
  if (wish.kind === 'local') return 'In this conversation only local models answer from now on.'
  if (wish.kind === 'cloud') return 'In this conversation cloud models answer from now on, within your caps.'
  const name = entries.find(({ key }) => key === wish.key)?.name ?? wish.key
  return `In this conversation ${name} answers from now on.`
}

function rulesWords(keepLocal: boolean, photosToCloud: boolean): string {
  if (keepLocal) return 'Nothing that you ask leaves this network.'
  return photosToCloud
    ? 'Cloud models may be asked, and may be shown photos.'
    : 'Cloud models may be asked; photos stay on this network.'
}
