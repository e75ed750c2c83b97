/**
 * Values as small models write them: JSON, Python, and Gemma's own form with `<|"|>` around texts. Flat on purpose: what
 * cannot be read for certain is null, never a guess.
 */

const gemmaQuote = '<|"|>'
const depthMax = 6

interface Cursor {
  text: string
  at: number
  /** What ends the outermost object. */
  close: '}' | ')'
}

/** The object that begins at `from`, and where it ends. Never throws. */
export function readLooseObject(
  text: string,
  from: number,
): { value: Record<string, unknown>; end: number } | null {
  const cursor: Cursor = { text, at: from, close: '}' }
  const value = readObject(cursor, 0)
  return value ? { value, end: cursor.at } : null
}

/** The named arguments of a call in Python, behind its opening bracket. Arguments without a name are not guessed. */
export function readLooseArguments(
  text: string,
  from: number,
): { value: Record<string, unknown>; end: number } | null {
  const cursor: Cursor = { text, at: from, close: ')' }
  const value = readEntries(cursor, 0)
  return value ? { value, end: cursor.at } : null
}

/** The list of objects, or the one object, that begins at `from`. */
export function readLooseObjects(
  text: string,
  from: number,
): { values: Record<string, unknown>[]; end: number } | null {
  const cursor: Cursor = { text, at: from, close: '}' }
  skipSpace(cursor)
  if (cursor.text[cursor.at] !== '[') {
    const one = readLooseObject(text, cursor.at)
    return one ? { values: [one.value], end: one.end } : null
  }
  const values: Record<string, unknown>[] = []
  cursor.at += 1
  for (;;) {
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ']') return { values, end: cursor.at + 1 }
    const value = readObject(cursor, 0)
    if (!value) return null
    values.push(value)
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ',') cursor.at += 1
  }
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1
}

function readObject(cursor: Cursor, depth: number): Record<string, unknown> | null {
  skipSpace(cursor)
  if (depth > depthMax || cursor.text[cursor.at] !== '{') return null
  cursor.at += 1
  const inner: Cursor = { ...cursor, close: '}' }
  const value = readEntries(inner, depth)
  cursor.at = inner.at
  return value
}

function readEntries(cursor: Cursor, depth: number): Record<string, unknown> | null {
  const entries: [string, unknown][] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.text[cursor.at] === cursor.close) {
      cursor.at += 1
      return Object.fromEntries(entries)
    }
    const key = readKey(cursor)
    if (key === null) return null
    skipSpace(cursor)
    // Gemma writes `=` where it saw `key=value` in the question (ollama/ollama#17882).
    if (!/[:=]/.test(cursor.text[cursor.at] ?? '')) return null
    cursor.at += 1
    const read = readValue(cursor, depth + 1)
    if (!read) return null
    entries.push([key, read.value])
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ',') cursor.at += 1
    else if (cursor.text[cursor.at] !== cursor.close) return null
  }
}

function readKey(cursor: Cursor): string | null {
  const quoted = readText(cursor)
  if (quoted !== undefined) return quoted
  const bare = /^[\w.-]+/.exec(cursor.text.slice(cursor.at, cursor.at + 80))
  if (!bare) return null
  cursor.at += bare[0].length
  return bare[0]
}

function readValue(cursor: Cursor, depth: number): { value: unknown } | null {
  skipSpace(cursor)
  const quoted = readText(cursor)
  if (quoted !== undefined) return quoted === null ? null : { value: quoted }
  const first = cursor.text[cursor.at]
  if (first === '{') {
    const value = readObject(cursor, depth)
    return value ? { value } : null
  }
  return first === '[' ? readList(cursor, depth) : readBare(cursor)
}

function readList(cursor: Cursor, depth: number): { value: unknown } | null {
  if (depth > depthMax) return null
  cursor.at += 1
  const list: unknown[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ']') {
      cursor.at += 1
      return { value: list }
    }
    const read = readValue(cursor, depth + 1)
    if (!read) return null
    list.push(read.value)
    skipSpace(cursor)
    if (cursor.text[cursor.at] === ',') cursor.at += 1
    else if (cursor.text[cursor.at] !== ']') return null
  }
}

/** A text in any of the quotes; undefined: none begins here; null: it has no end. */
function readText(cursor: Cursor): string | null | undefined {
  const { text, at } = cursor
  if (text.startsWith(gemmaQuote, at)) {
    const end = text.indexOf(gemmaQuote, at + gemmaQuote.length)
    if (end < 0) return null
    cursor.at = end + gemmaQuote.length
    return text.slice(at + gemmaQuote.length, end)
  }
  if (text[at] === '"') return readJsonText(cursor)
  if (text[at] === "'" || text[at] === '`') return readPlainQuoted(cursor)
  return undefined
}

function readJsonText(cursor: Cursor): string | null {
  const { text, at } = cursor
  let end = at + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  if (end >= text.length) return null
  cursor.at = end + 1
  try {
    const parsed: unknown = JSON.parse(
      text
        .slice(at, end + 1)
        .replaceAll('\n', '\\n')
        .replaceAll('\t', '\\t'),
    )
    return typeof parsed === 'string' ? parsed : null
  } catch {
    return null
  }
}

/** In `'…'` the quote may stand inside too: the text ends where a value can end (ollama/ollama#15315). */
function readPlainQuoted(cursor: Cursor): string | null {
  const { text, at } = cursor
  const quote = text[at] ?? ''
  for (let end = text.indexOf(quote, at + 1); end >= 0; end = text.indexOf(quote, end + 1)) {
    const after = text.slice(end + 1).replace(/^\s*<\|"\|>/, '')
    if (!/^\s*(?:[,})\]:=]|$)/.test(after)) continue
    cursor.at = text.length - after.length
    return text.slice(at + 1, end)
  }
  return null
}

/** A number, a word of JSON or Python, or a text without quotes. A number that would lose digits stays a text: `0042`, `1.50`. */
function readBare(cursor: Cursor): { value: unknown } | null {
  const plain = cursor.close === ')' ? /^[^,)}\]\n"'`<{[(]+/ : /^[^,}\]\n"'`<{[]+/
  const raw = plain.exec(cursor.text.slice(cursor.at))?.[0] ?? ''
  const word = raw.trim()
  if (word === '') return null
  cursor.at += raw.length
  const known: Record<string, unknown> = {
    true: true,
    false: false,
    null: null,
    True: true,
    False: false,
    None: null,
  }
  if (Object.hasOwn(known, word)) return { value: known[word] }
  const number = Number(word)
  return { value: String(number) === word && Number.isFinite(number) ? number : word }
}
