import { generateText } from 'ai'
import { ulid } from 'ulid'
import { loadPrompt } from '../../prompts/load-prompt.ts'
import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { Message, Part } from '../protocol/messages.ts'
import { forQuery } from '../spend/query.ts'
import { bounded } from '../tools/call-outcome.ts'
import { gatherFacts, type SummaryFacts } from './summary-facts.ts'

const pageMessages = 50
/** Small enough for the smallest window that a model is asked with. */
const digestHeadCharacters = 2500
const digestTailCharacters = 4500
const lineCharactersMax = 400
const answerTokensMax = 350
const answerCharactersMax = 1600
const answerWithinMs = 120_000

export interface SummaryDeps {
  clock: Clock
  /** Costs nothing and stays on this network; null: code writes the summary. */
  localModel(): ModelEntry | null
  /** Sentences that are told to no model in the cloud, taken out: a summary may be read there. */
  withoutPrivate(text: string): string
  onModelError(error: unknown, modelKey: string): void
  signal: AbortSignal
}

/** What stands in place of the messages of a conversation. Read page by page, so that a long one holds nobody up. */
export async function writeSummary(
  conversationId: string,
  page: (fromIndex: number, count: number) => Message[],
  deps: SummaryDeps,
): Promise<Message> {
  const facts = gatherFacts()
  const digest = openDigest()
  for (let index = 0; ; index += pageMessages) {
    const messages = page(index, pageMessages)
    for (const message of messages.map((one) => withoutPrivate(one, deps))) {
      facts.take(message)
      digest.take(message)
    }
    if (messages.length < pageMessages) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  const told = await tellByModel(conversationId, digest.text(), deps)
  return {
    id: ulid(),
    role: 'advisor',
    createdAt: new Date(deps.clock.nowMs()).toISOString(),
    parts: [summaryPart(facts, told)],
    answeredBy: null,
  }
}

interface Told {
  text: string
  model: string
  promptHash: string
}

function summaryPart(facts: SummaryFacts, told: Told | null): Part {
  const earlier = facts.earlier()
  // A model has read the earlier summary; code only adds to it.
  const words = told?.text ?? [...(earlier ? [earlier] : []), facts.questions()].join('\n\n')
  const outcomes = facts.outcomes()
  return {
    kind: 'summary',
    text: outcomes === '' ? words : `${words}\n\n${outcomes}`,
    messages: facts.messages(),
    from: facts.from(),
    to: facts.to(),
    madeBy: told?.model ?? null,
    promptHash: told?.promptHash ?? null,
  }
}

async function tellByModel(
  conversationId: string,
  conversation: string,
  deps: SummaryDeps,
): Promise<Told | null> {
  const entry = deps.localModel()
  if (!entry || deps.signal.aborted) return null
  const prompt = loadPrompt('summarise', { conversation })
  try {
    const { text } = await generateText({
      model: entry.model,
      prompt: prompt.text,
      maxRetries: 0,
      maxOutputTokens: answerTokensMax,
      providerOptions: forQuery({ queryId: ulid(), conversationId }),
      abortSignal: AbortSignal.any([deps.signal, AbortSignal.timeout(answerWithinMs)]),
    })
    const words = bounded(text, answerCharactersMax)
    return words === '' ? null : { text: words, model: entry.name, promptHash: prompt.hash }
  } catch (error) {
    if (!deps.signal.aborted) deps.onModelError(error, entry.key)
    return null
  }
}

function withoutPrivate(message: Message, deps: SummaryDeps): Message {
  const parts = message.parts.map((part): Part => {
    if (part.kind === 'text') return { ...part, text: deps.withoutPrivate(part.text) }
    if (part.kind !== 'tool-call' || part.outcome === null) return part
    return { ...part, outcome: deps.withoutPrivate(part.outcome) }
  })
  return { ...message, parts }
}

/** The beginning and the end of what was said, as one text. */
function openDigest() {
  let head = ''
  let tail = ''
  return {
    take(message: Message): void {
      for (const line of message.parts.flatMap((part) => lineOf(message.role, part))) {
        if (head.length + line.length < digestHeadCharacters) head += `${line}\n`
        else tail = `${tail}${line}\n`.slice(-digestTailCharacters)
      }
    },
    text: () => (tail.length < digestTailCharacters ? head + tail : `${head}…\n${tail}`),
  }
}

function lineOf(role: Message['role'], part: Part): string[] {
  const who = role === 'operator' ? 'Person' : 'HWLab'
  const line = (words: string, charactersMax = lineCharactersMax) => [
    `${who}: ${bounded(words.replace(/\s+/g, ' '), charactersMax)}`,
  ]
  if (part.kind === 'text') return line(part.text)
  if (part.kind === 'summary') return line(`(earlier) ${part.text}`, answerCharactersMax)
  if (part.kind === 'photo') return line(`(photo ${part.name})`)
  return part.kind === 'tool-call' ? line(`(${part.title}) ${part.outcome ?? ''}`) : []
}
