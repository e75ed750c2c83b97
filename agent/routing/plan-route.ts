import { capabilityWords } from '../models/capability-words.ts'
import { isPlainlyCommand, parseCommand } from '../models/command-grammar.ts'
import type { ModelChoice, ModelEntry } from '../models/model-entry.ts'
import type { AskedTask, ThoughtOf } from '../store/route-decisions.ts'
import { type Measure, type Reason, whyNotEligible, whyNotShown } from './eligibility.ts'
import { type ReadIntent, type Task, taskOf } from './intent.ts'
import { tasksInWords } from './task-words.ts'
import { needsTools } from './tools-for-task.ts'
import type { Wish } from './wish.ts'

/** Who is asked, one after the other, and who is not. */
export interface Route {
  decidedBy: 'override' | 'command' | 'photo' | 'cheapest' | 'no-model' | 'pinned'
  first: ModelChoice
  /** What it asks for; null: nobody could tell. */
  task: Task | null
  /** Asked when those before failed before they said anything. */
  next: ModelChoice[]
  passedOver: ThoughtOf[]
  /** Nothing that is known is like the message, and a model on this network can be asked what it is. */
  unsure?: Unsure
}

export interface Unsure {
  entry: ModelEntry
  text: string
  /** The route once it was asked. */
  routeAs(asked: AskedTask): Route
}

export type Planned = { kind: 'route'; route: Route } | { kind: 'refused'; why: string }

export interface TurnToRoute {
  text: string
  hasPhotos: boolean
  wish: Wish
  /** The tier whose answer to the same question did not do; null: it is asked for the first time. */
  tooWeakTier?: number | null
}

export interface RoutedWorld extends Omit<Measure, 'text' | 'needsTools' | 'tooWeakTier'> {
  photosToCloud: boolean
  commands: ModelEntry
  entries: ModelEntry[]
  readIntent: ReadIntent
  /** It failed a moment ago. */
  isAway(entry: ModelEntry): boolean
  /** It took too long to say what a message asks for. */
  isSlow(entry: ModelEntry): boolean
}

/** A small model calls a tool or two; it carries no plan through (τ² of Gemma 4: E4B 42, 26B-A4B 68). */
const strongTier = 2
/** A dear model that fails is not a reason to ask a third one. */
const modelsAskedMax = 3

/** Pure: a wish is obeyed or refused with the reason; then what needs no model; then the cheapest model that can. */
export function planRoute(turn: TurnToRoute, world: RoutedWorld): Planned {
  const { commands } = world
  if (turn.hasPhotos) {
    const why = 'A photo is read step by step by code; no model decides anything here.'
    return byCode('photo', { entry: commands, why }, blindTo(world))
  }
  if (isPlainlyCommand(turn.text))
    return byCode('command', { entry: commands, why: 'This is a command; no model was needed.' })
  const { wish } = turn
  return wish.kind === 'auto' ? cheapest(turn, world) : asWished(turn, wish, world)
}

/** The model that asked for a change stays until its end is told. */
export function pinnedRoute(entry: ModelEntry): Route {
  const why = 'It asked for this change, so it tells how it ended.'
  return { decidedBy: 'pinned', first: { entry, why }, task: null, next: [], passedOver: [] }
}

/** Commands says what `/use` did. */
export function toldRoute(commands: ModelEntry): Route {
  const why = 'This is a command; no model was needed.'
  return { decidedBy: 'command', first: { entry: commands, why }, task: null, next: [], passedOver: [] }
}

function byCode(decidedBy: Route['decidedBy'], first: ModelChoice, passedOver: ThoughtOf[] = []): Planned {
  return { kind: 'route', route: { decidedBy, first, task: null, next: [], passedOver } }
}

/** The models that do not look at a photo beside the code. */
function blindTo(world: RoutedWorld): ThoughtOf[] {
  return world.entries.flatMap((entry) => {
    const why = whyNotShown(entry, world)
    return why ? [{ key: entry.key, name: entry.name, ...why }] : []
  })
}

function cheapest(turn: TurnToRoute, world: RoutedWorld): Planned {
  const task = world.readIntent(turn.text)
  const route = cheapestFor(turn, world, task, taskWords(task))
  const entry = task === null ? whoSaysWhatItIs(turn, world) : undefined
  if (!entry) return { kind: 'route', route }
  const routeAs = (asked: AskedTask): Route => {
    const said = taskOf(asked.task)
    if (said) return cheapestFor(turn, world, said, saidWords(asked.name, said))
    const unsaid = cheapestFor(turn, world, null, taskWords(null))
    const { key, name, trouble } = asked
    const thought = { key, name, reason: reasonUnsaid[trouble ?? 'unclear'], words: whatItIs }
    return { ...unsaid, passedOver: [...unsaid.passedOver, thought] }
  }
  return { kind: 'route', route: { ...route, unsure: { entry, text: turn.text, routeAs } } }
}

const whatItIs = 'could not say what this asks for'
const reasonUnsaid: Record<'late' | 'unclear' | 'failed', Reason> = {
  late: 'timeout',
  unclear: 'low_conf',
  failed: 'failed',
}

/** Only on this network, where it costs nothing. */
function whoSaysWhatItIs(turn: TurnToRoute, world: RoutedWorld): ModelEntry | undefined {
  const { able } = sorted(turn.text, world.entries, { ...world, needsTools: false, tooWeakTier: null })
  return able.find((entry) => entry.where === 'local' && !world.isAway(entry) && !world.isSlow(entry))
}

function cheapestFor(turn: TurnToRoute, world: RoutedWorld, task: Task | null, readAs: string): Route {
  const { able, passedOver } = strongEnough(turn, world, needsTools(task))
  const [away] = able.filter(world.isAway)
  const ordered = inOrder(able, task, world.isAway)
  const [first, ...others] = ordered.slice(0, modelsAskedMax).map(
    (entry): ModelChoice => ({
      entry,
      why: `${readAs} ${whyFirst(entry, { away, task, isAlone: able.length === 1 })}, and ${abilities(entry)}.`,
    }),
  )
  if (!first) return { ...withoutModel(turn.text, world.commands, passedOver), task }
  const next = [...others, { entry: world.commands, why: 'No model answered.' }]
  return { decidedBy: 'cheapest', first, task, next, passedOver }
}

/** Asked the same again, only stronger models are able, where there is one. */
function strongEnough(turn: TurnToRoute, world: RoutedWorld, tools: boolean): Sorted {
  const tooWeakTier = turn.tooWeakTier ?? null
  const stronger = sorted(turn.text, world.entries, { ...world, needsTools: tools, tooWeakTier })
  if (tooWeakTier === null || stronger.able.length > 0) return stronger
  return sorted(turn.text, world.entries, { ...world, needsTools: tools, tooWeakTier: null })
}

/** What failed a moment ago is asked last; what takes many steps goes to a stronger model where there is one. */
function inOrder(
  able: ModelEntry[],
  task: Task | null,
  isAway: (entry: ModelEntry) => boolean,
): ModelEntry[] {
  const rank = (entry: ModelEntry) => (isAway(entry) ? 2 : task === 'plan' && entry.tier < strongTier ? 1 : 0)
  return able.toSorted((a, b) => rank(a) - rank(b))
}

function whyFirst(
  entry: ModelEntry,
  { away, task, isAlone }: { away: ModelEntry | undefined; task: Task | null; isAlone: boolean },
): string {
  if (away === entry) return 'It is the only one that can'
  if (away) return `${away.name} did not answer a moment ago; of the others this is the cheapest that can`
  if (task === 'plan' && entry.tier < strongTier && isAlone)
    return 'No stronger model is to be had, so this one tries'
  return 'It is the cheapest that can'
}

function taskWords(task: Task | null): string {
  if (task === null) return 'HWLab could not tell what this asks for.'
  return `It reads like ${tasksInWords[task]}.`
}

function saidWords(name: string, task: Task): string {
  return `${name} read it as ${tasksInWords[task]}.`
}

function withoutModel(text: string, commands: ModelEntry, passedOver: ThoughtOf[]): Route {
  const [blocked] = passedOver
  const none = blocked
    ? `No model may answer: ${blocked.name}: ${blocked.words}.`
    : 'No model that can use the tools is connected.'
  const why = parseCommand(text).kind === 'unknown' ? none : 'This is a command.'
  return { decidedBy: 'no-model', first: { entry: commands, why }, task: null, next: [], passedOver }
}

function asWished(turn: TurnToRoute, wish: Exclude<Wish, { kind: 'auto' }>, world: RoutedWorld): Planned {
  const wished = world.entries.filter((entry) =>
    wish.kind === 'model' ? entry.key === wish.key : entry.where === wish.kind,
  )
  // A model that was chosen by name may answer without looking anything up.
  const measure = { ...world, needsTools: wish.kind !== 'model', tooWeakTier: null }
  const { able, passedOver } = sorted(turn.text, wished, measure)
  const choices = able
    .slice(0, modelsAskedMax)
    .map((entry): ModelChoice => ({ entry, why: whyWished(wish, entry) }))
  const [first, ...next] = choices
  const task = world.readIntent(turn.text)
  const others = world.entries.filter((entry) => !wished.includes(entry))
  const unwished = others.map(
    ({ key, name }): ThoughtOf => ({ key, name, reason: 'override', words: unwishedWords(wish) }),
  )
  const thought = [...unwished, ...passedOver]
  if (first)
    return { kind: 'route', route: { decidedBy: 'override', first, task, next, passedOver: thought } }
  return { kind: 'refused', why: `${notPossible(wish, passedOver)} \`/use auto\` lets HWLab choose.` }
}

function unwishedWords(wish: Exclude<Wish, { kind: 'auto' }>): string {
  if (wish.kind === 'model') return 'you chose another model'
  return wish.kind === 'cloud' ? 'you chose the cloud' : 'you chose local models'
}

function whyWished(wish: Wish, entry: ModelEntry): string {
  if (wish.kind !== 'model')
    return `You chose ${wish.kind === 'cloud' ? 'the cloud' : 'local models'}; ${abilities(entry)}.`
  const limits =
    entry.capabilities?.tools === 'no' ? ' It calls no tools, so it cannot look anything up.' : ''
  return `You chose it.${limits}`
}

/** Why a wish cannot be obeyed now. */
function notPossible(wish: Wish, passedOver: ThoughtOf[]): string {
  const reasons = passedOver.map(({ name, words }) => `${name}: ${words}.`).join(' ')
  if (wish.kind === 'model')
    return reasons === '' ? 'You chose a model that is not connected now.' : `You chose ${reasons}`
  const place = wish.kind === 'cloud' ? 'the cloud' : 'local models'
  if (reasons !== '') return `You chose ${place}. ${reasons}`
  return wish.kind === 'cloud'
    ? 'You chose the cloud, but no cloud model is connected. “What is connected” says why, or put an OpenRouter key into OPENROUTER_API_KEY.'
    : 'You chose local models, but none is connected. “What is connected” says why, or start Ollama, LM Studio or llama-server.'
}

function abilities({ capabilities }: ModelEntry): string {
  return capabilities ? `it ${capabilityWords(capabilities)}` : 'it needs nothing'
}

interface Sorted {
  able: ModelEntry[]
  passedOver: ThoughtOf[]
}

/** Cheapest first: by tier, then by price; the order of the list decides between equals. */
function sorted(text: string, entries: ModelEntry[], measure: Omit<Measure, 'text'>): Sorted {
  const able: ModelEntry[] = []
  const passedOver: ThoughtOf[] = []
  for (const entry of [...entries].sort((a, b) => a.tier - b.tier || priceOf(a) - priceOf(b))) {
    const why = whyNotEligible(entry, { ...measure, text })
    if (why) passedOver.push({ key: entry.key, name: entry.name, ...why })
    else able.push(entry)
  }
  return { able, passedOver }
}

function priceOf({ price }: ModelEntry): number {
  return price ? price.inputUsdPerMillion + price.outputUsdPerMillion : Number.MAX_VALUE
}
