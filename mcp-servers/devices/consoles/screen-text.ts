const esc = '\u001b'
const bel = '\u0007'
/**
 * ECMA-48: control sequences, control strings up to their end, and escape sequences. Each is tried once at its escape:
 * what Node has for it (`stripVTControlCharacters`) takes eleven seconds for 200 kB of strings that never end.
 */
const sequences = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^${bel}${esc}\r\n]*(?:${bel}|${esc}\\\\)|[ -/]*[0-~])`,
  'g',
)

/**
 * What a person would see: without control sequences, CR LF as one line end, and what follows a bare CR or a backspace
 * written over what stood there. Other control characters are dropped.
 */
export function screenText(bytes: Uint8Array): string {
  return new TextDecoder('latin1')
    .decode(bytes)
    .replace(sequences, '')
    .split('\n')
    .map(overwritten)
    .join('\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
}

function overwritten(withReturns: string): string {
  let end = withReturns.length
  while (withReturns[end - 1] === '\r') end -= 1
  const line = withReturns.slice(0, end)
  if (!/[\r\b]/.test(line)) return line.trimEnd()
  const seen: string[] = []
  let at = 0
  for (const character of line) {
    if (character === '\r') at = 0
    else if (character === '\b') at = Math.max(0, at - 1)
    else {
      seen[at] = character
      at += 1
    }
  }
  return seen.join('').trimEnd()
}

/** The line that the cursor is on: a prompt has no line end. Empty at the beginning of a line. */
export function lastLine(screen: string): string {
  return screen.slice(screen.lastIndexOf('\n') + 1)
}
