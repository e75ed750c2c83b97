const charactersMax = 60

/** Fits the list of conversations: whole words, with three dots where something is left out. */
export function conversationTitle(text: string): string {
  if (text.length <= charactersMax) return text
  const cut = text.slice(0, charactersMax - 1)
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > charactersMax / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`
}
