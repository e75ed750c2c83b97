/** What a text is made of, for comparing it with others: words, pairs of words, and pieces of words. */

const wordWeight = 1
const pairWeight = 0.9
const pieceWeight = 0.35
const pieceLengths = [3, 4]
const wordsMax = 200
/** Room for so many words; what is asked for stands at the beginning. */
const charactersMax = 20 * wordsMax

/** Names of single things say nothing about what is asked: they become one word each. */
function plainWords(text: string): string[] {
  return text
    .slice(0, charactersMax)
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/https?:\S+/g, ' aweb ')
    .replace(/\bhw-?\d{1,8}\b/g, ' atag ')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(\/\d+)?\b/g, ' anaddress ')
    .replace(/\b(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9-]{4,}\b/g, ' aname ')
    .replace(/\b\d+\b/g, ' anumber ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Feature → weight, not yet weighed by how rare it is. */
export function featuresOf(text: string): Map<string, number> {
  const words = plainWords(text).slice(0, wordsMax)
  const features = new Map<string, number>()
  const add = (name: string, weight: number) => features.set(name, Math.max(features.get(name) ?? 0, weight))
  const framed = ['^', ...words, '$']
  for (const [at, word] of framed.entries()) {
    const before = framed[at - 1]
    if (before !== undefined) add(`${before} ${word}`, pairWeight)
    if (word === '^' || word === '$') continue
    add(word, wordWeight)
    const edged = `<${word}>`
    for (const length of pieceLengths)
      for (let from = 0; from + length <= edged.length; from++)
        add(`#${edged.slice(from, from + length)}`, pieceWeight)
  }
  return features
}
