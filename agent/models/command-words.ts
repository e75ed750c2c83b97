import { z } from 'zod'
import { bounded } from '../tools/call-outcome.ts'

const rowsMax = 12
const valueCharactersMax = 120
const lineCharactersMax = 320
const recordSchema = z.record(z.string(), z.unknown())

/** Fields that are for programs: shown by the card, not in a sentence. */
const silent = /(_id|_url|^id|^url|_at|digest)$/

/**
 * A tool's answer as short text: its own words when it has some, else its lists as lines. Values come from outside and
 * are shown as code, so nothing in them is read as formatting.
 */
export function sayResult(tool: string, text: string): string {
  const refusal = /^Refused: (.*)$/s.exec(text)?.[1]
  if (refusal) return refusal
  const parsed = recordSchema.safeParse(parsedJson(text))
  if (!parsed.success) return bounded(text, 1500) || 'Done.'
  const facts = parsed.data
  const item = itemSchema.safeParse(facts)
  if (item.success) return itemWords(item.data)
  const meter = typeof facts.meter === 'string' ? shownValue(facts.meter) : ''
  const words = [meter, facts.words, facts.note].filter((value) => typeof value === 'string' && value !== '')
  const lists = Object.values(facts).filter((value) => Array.isArray(value))
  const lines = lists.flatMap((list) => listLines(list))
  if (words.length + lines.length > 0) return [...words, ...lines].join('\n')
  if (lists.length > 0) return nothingWords[tool] ?? 'Nothing found.'
  return recordLine(facts) || 'Done.'
}

/** An intake item; its card shows the fields. */
const itemSchema = z.object({
  item_id: z.string(),
  title: z.string(),
  tag: z.string().nullable(),
  state: z.string(),
  next_action: z.string(),
})

function itemWords({ title, tag, state, next_action }: z.infer<typeof itemSchema>): string {
  return `${shownValue(title)}${tag ? ` (${tag})` : ''}: ${state}. ${next_action}`
}

const nothingWords: Record<string, string> = {
  netbox_find_item: 'Nothing in the inventory matches.',
  netbox_queue_state: 'Nothing waits.',
  devices_list_devices: 'Nothing is plugged in.',
  devices_cable_tests: 'No cable test was found.',
  devices_list_printers: 'There is no printer.',
  devices_print_jobs: 'No label was printed yet.',
  searxng_search_web: 'The search found nothing.',
}

function listLines(list: unknown[]): string[] {
  const shown = list.slice(0, rowsMax).map((row) => {
    const record = recordSchema.safeParse(row)
    return `- ${record.success ? recordLine(record.data) : shownValue(row, lineCharactersMax)}`
  })
  return list.length > rowsMax ? [...shown, `- and ${list.length - rowsMax} more`] : shown
}

function recordLine(record: Record<string, unknown>): string {
  const shown = Object.entries(record).flatMap(([name, value]) => {
    if (silent.test(name) || value === '' || value === false) return []
    if (value === true) return [name.replaceAll('_', ' ')]
    if (!isPlain(value)) return []
    return [self.has(name) ? shownValue(value) : `${name.replaceAll('_', ' ')} ${shownValue(value)}`]
  })
  return [...shown, ...linkOf(record.url)].join(' · ')
}

/** Values that need no name before them. */
const self = new Set([
  'name',
  'title',
  'tag',
  'model',
  'state',
  'media',
  'kind',
  'domain',
  'snippet',
  'printer',
  'verdict',
])

/** Only web addresses become links, and they are shown in full. */
function linkOf(url: unknown): string[] {
  const target = typeof url === 'string' ? URL.parse(url) : null
  return target?.protocol.startsWith('http') ? [`<${target.href}>`] : []
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function shownValue(value: unknown, most = valueCharactersMax): string {
  return `\`${bounded(String(value), most).replaceAll('`', "'").replace(/\s+/g, ' ')}\``
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
