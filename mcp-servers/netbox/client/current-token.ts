import { readFileSync, statSync } from 'node:fs'

/**
 * The token of now. A file that changed is read again, so that a new token counts without a restart; while it is gone or
 * empty, the last one stays.
 */
export function currentToken(first: string, file: string | null): () => string {
  if (file === null) return () => first
  let token = first
  let stamp = stampOf(file)
  return () => {
    const now = stampOf(file)
    if (now === null || now === stamp) return token
    stamp = now
    token = textOf(file) || token
    return token
  }
}

function stampOf(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : null
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
  } catch {
    return ''
  }
}
