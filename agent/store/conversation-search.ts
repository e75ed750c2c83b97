import type { LabDatabase } from './lab-database.ts'

export interface SearchHit {
  conversationId: string
  messageId: string | null
  /** Of the newest message that has every word; null: the title has them. */
  text: string | null
}

interface Asked {
  phrases: string
  patterns: string
  rows: number
}

/** Trigrams find nothing shorter. */
const indexedCharacters = 3

const hasPatterns = (column: string) =>
  `not exists (select 1 from json_each(@patterns) as wanted where ${column} not like wanted.value escape '\\')`

const hits = (titles: string, messages: string) => `
  select hit.conversationId, (select id from messages where position = hit.position) as messageId,
    (select text from message_texts where position = hit.position) as text from (
    select conversation_id as conversationId, null as position from title_search where ${titles}
    union all
    select conversation_id, max(position) from message_search join messages on position = message_search.rowid
      where ${messages} group by conversation_id
  ) as hit join conversations on id = hit.conversationId
  order by updated_at_ms desc, id desc, hit.position is not null limit @rows`

/** Tables `title_search` and `message_search`, which triggers keep. */
export function conversationSearch(database: LabDatabase) {
  const indexed = database.prepare<Asked, SearchHit>(
    hits(
      `title_search match @phrases and ${hasPatterns('title')}`,
      `message_search match @phrases and ${hasPatterns('text')}`,
    ),
  )
  const scanned = database.prepare<Omit<Asked, 'phrases'>, SearchHit>(
    hits(hasPatterns('title'), hasPatterns('text')),
  )
  return {
    /** Newest conversation first; one that has the words in its title and in a message comes twice. */
    find(words: string[], rows: number): SearchHit[] {
      const [long, short] = [words.filter(isIndexed), words.filter((word) => !isIndexed(word))]
      const patterns = JSON.stringify(short.map(likePattern))
      if (long.length === 0) return scanned.all({ patterns, rows })
      return indexed.all({ phrases: long.map(phrase).join(' '), patterns, rows })
    },
  }
}
export type ConversationSearch = ReturnType<typeof conversationSearch>

const isIndexed = (word: string): boolean => [...word].length >= indexedCharacters
const phrase = (word: string): string => `"${word.replaceAll('"', '""')}"`
const likePattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`
