import { z } from 'zod'
import { searchVocabulary } from './search-vocabulary.ts'
import type { Toolbox } from './toolbox.ts'

/** What goes to strangers when it is called, and in which field. */
const leaving = { server: 'searxng', field: 'query' }
/** Fields that name what can be bought; all else that the inventory tells is private. */
const publicFields = new Set(['manufacturer', 'model', 'part_number'])
const shortWordsMax = 3
const toldMax = 3

const namedFieldSchema = z.looseObject({ field: z.string(), value: z.string() })

/**
 * A model that was shown private things and reads words of strangers may search the web, but only with words that a person
 * typed, that name a product, or that say nothing: no text can make it carry anything out of the house.
 */
export function openWordsThatLeave(typedIn: (conversationId: string) => string[]) {
  /** Names of products that the inventory told, by conversation. */
  const products = new Map<string, Set<string>>()

  return (toolbox: Toolbox, conversationId: string): Toolbox => ({
    ...toolbox,
    async call(name, args, options) {
      const server = toolbox.card(name)?.server
      const named = products.get(conversationId) ?? new Set()
      if (server === leaving.server) {
        const typed = new Set(typedIn(conversationId).flatMap(wordsOf))
        const strange = strangeWords(
          String(args[leaving.field] ?? ''),
          (word) => typed.has(word) || named.has(word),
        )
        if (strange.length > 0) return { kind: 'refused', why: refusal(strange) }
      }
      const outcome = await toolbox.call(name, args, options)
      if (server === 'netbox' && outcome.kind === 'answer')
        products.set(conversationId, new Set([...named, ...productWords(outcome.text)]))
      return outcome
    },
  })
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A secret can be spelt out with short words that are each harmless: few of them may leave at once. */
function strangeWords(query: string, isKnown: (word: string) => boolean): string[] {
  const words = wordsOf(query)
  const unknown = words.filter((word) => !isKnown(word) && !searchVocabulary.has(word))
  const short = words.filter((word) => word.length < 3 && !searchVocabulary.has(word))
  return unknown.length === 0 && short.length > shortWordsMax ? short : unknown
}

function refusal(strange: string[]): string {
  const told = strange.slice(0, toldMax).map((word) => `“${word.slice(0, 30)}”`)
  const more = strange.length > toldMax ? ` and ${strange.length - toldMax} more` : ''
  return `Not searched: ${told.join(', ')}${more} may be private, and nobody typed it here. Search with maker, model and plain words; type the rest into the message if it may go out.`
}

/** Words of makers, models and part numbers anywhere in a result. */
function productWords(text: string): string[] {
  try {
    return collected(JSON.parse(text))
  } catch {
    return []
  }
}

function collected(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(collected)
  if (typeof value !== 'object' || value === null) return []
  const named = namedFieldSchema.safeParse(value)
  if (named.success && publicFields.has(named.data.field)) return wordsOf(named.data.value)
  return Object.entries(value).flatMap(([key, inner]) =>
    publicFields.has(key) && typeof inner === 'string' ? wordsOf(inner) : collected(inner),
  )
}
