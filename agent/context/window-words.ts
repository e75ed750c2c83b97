const count = (tokens: number): string => Math.round(tokens).toLocaleString('en-US')

/** Follows the model's name, as every failure does. */
export function tooLongWords(neededTokens: number, promptTokens: number): string {
  return `your message with what belongs to it takes about ${count(neededTokens)} tokens and it has room for ${count(promptTokens)}`
}

export function nearlyFullWords(name: string, windowTokens: number, fix: string | null): string {
  return `${name} reads ${count(windowTokens)} tokens at once, and this conversation nearly fills them: from here on it no longer sees the oldest part. A new conversation starts empty.${fixWords(fix)}`
}

export const longHistoryWords =
  'This conversation is long: from here on only its newest part is sent, so that answers stay quick. Say again what matters of the beginning, or begin a new conversation.'

export function cutWords(name: string, readTokens: number, fix: string | null): string {
  return `${name} read only ${count(readTokens)} tokens of what it was sent, so what it said was thrown away and it was asked again with less.${fixWords(fix)}`
}

function fixWords(fix: string | null): string {
  if (fix === null) return ''
  return ` To give it more room: ${fix}${fix.endsWith('.') ? '' : '.'}`
}
