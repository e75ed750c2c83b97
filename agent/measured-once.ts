/** Texts are long-lived: the same history goes to a model turn after turn. */
const charactersKept = 2_000_000
const longestKept = charactersKept / 20

/** `measure` of a text, kept for the texts of the last turns. It must depend on nothing but the text. */
export function measuredOnce(measure: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>()
  let characters = 0
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = measure(text)
    if (text.length > longestKept) return value
    characters += text.length
    if (characters > charactersKept) {
      known.clear()
      characters = text.length
    }
    known.set(text, value)
    return value
  }
}
