import { stripVTControlCharacters } from 'node:util'

/**
 * What a person would see: without control sequences, with backspaces carried out, CR LF as one line end, and a bare CR
 * beginning its line anew. Other control characters are dropped.
 */
export function screenText(bytes: Uint8Array): string {
  return stripVTControlCharacters(new TextDecoder('latin1').decode(bytes))
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map(overwritten)
    .join('\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
}

function overwritten(line: string): string {
  const last = line.split('\r').reduce((shown, piece) => piece + shown.slice(piece.length), '')
  const seen: string[] = []
  for (const character of last) {
    if (character === '\b') seen.pop()
    else seen.push(character)
  }
  return seen.join('').trimEnd()
}

/** The line that the cursor is on: a prompt has no line end. Empty at the beginning of a line. */
export function lastLine(screen: string): string {
  return screen.slice(screen.lastIndexOf('\n') + 1)
}
