import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const blankPattern = /\{\{([a-z_]+)\}\}/g

export interface Prompt {
  name: string
  text: string
  /** SHA-256 hex of the prompt file, with the prompts in its blanks and without what else fills them; kept with what it influenced. */
  hash: string
}

/** `prompts/<name>.md` with its blanks filled. A blank without a value, or a value without a blank, is a bug and throws. */
export function loadPrompt(name: string, blanks: Record<string, string | Prompt> = {}): Prompt {
  const source = readFileSync(join(import.meta.dirname, `${name}.md`), 'utf8')
  const named = new Set([...source.matchAll(blankPattern)].map((match) => match[1] ?? ''))
  for (const blank of named)
    if (!(blank in blanks)) throw new Error(`prompts/${name}.md: nothing fills {{${blank}}}`)
  for (const blank of Object.keys(blanks))
    if (!named.has(blank)) throw new Error(`prompts/${name}.md has no blank {{${blank}}}`)
  const versioned = source.replace(blankPattern, (whole, blank: string) => {
    const value = blanks[blank]
    return typeof value === 'object' ? value.text : whole
  })
  const text = versioned.replace(blankPattern, (_, blank: string) => String(blanks[blank] ?? '')).trim()
  return { name, text, hash: createHash('sha256').update(versioned).digest('hex') }
}
