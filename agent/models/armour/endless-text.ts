/** A repetition is looked for once in so many characters, wherever the text was cut. */
const stepCharacters = 256
const lookedAtCharacters = 2048
const periodMax = 200

/**
 * Notices a model that says the same over and over (google-deepmind/gemma#622, ollama/ollama#17459): the last 2,048 characters
 * are one stretch of at most 200, repeated.
 */
export function openEndlessText(): { feed(text: string): boolean } {
  let tail = ''
  let seen = 0
  return {
    feed(text) {
      for (let at = 0; at < text.length; ) {
        const room = stepCharacters - (seen % stepCharacters)
        const piece = text.slice(at, at + room)
        at += piece.length
        seen += piece.length
        tail = (tail + piece).slice(-lookedAtCharacters)
        const isDue = seen % stepCharacters === 0 && tail.length === lookedAtCharacters
        if (isDue && isRepetition(tail)) return true
      }
      return false
    },
  }
}

/** The shortest border gives the period (Knuth, Morris, Pratt). */
function isRepetition(text: string): boolean {
  const border = [0]
  for (let at = 1; at < text.length; at += 1) {
    let length = border[at - 1] ?? 0
    while (length > 0 && text[at] !== text[length]) length = border[length - 1] ?? 0
    border.push(text[at] === text[length] ? length + 1 : 0)
  }
  return text.length - (border.at(-1) ?? 0) <= periodMax
}
