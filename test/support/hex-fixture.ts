import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Recorded bytes; lines that begin with # say where they are from. */
export function hexFixture(path: string): Uint8Array {
  const text = readFileSync(join(import.meta.dirname, '../fixtures', path), 'utf8')
  const hex = text.replace(/^#.*$/gm, '').replace(/\s+/g, '')
  return new Uint8Array(Buffer.from(hex, 'hex'))
}
