/**
 * What another server wrote, as text that only says something: nothing in it is unseen, turns the direction of reading or
 * is a word of a chat template. Some model servers read such words as control tokens wherever they stand.
 */
export function plainText(text: string): string {
  return withoutTemplateWords(text.replaceAll('\r\n', '\n').replaceAll(unseen, ''))
}

/** In one line of at most `charactersMax`. */
export function plainLine(text: string, charactersMax: number): string {
  const line = plainText(text).replaceAll(/\s+/g, ' ').trim()
  return line.length <= charactersMax ? line : `${line.slice(0, charactersMax - 1)}…`
}

/** Control, format (zero-width, bidirectional, tags), private-use and lone surrogates; variation selectors hide bytes as well. */
const unseen = /(?![\n\t])(?:[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|\p{Variation_Selector})/gu

/** `<|im_start|>`, `<start_of_turn>`, `</s>`, `[INST]`: a gap after the bracket, and no template knows them. */
function withoutTemplateWords(text: string): string {
  return text
    .replaceAll(/<(?=[|｜/\w])/g, '< ')
    .replaceAll(/[|｜](?=>)/g, (bar) => `${bar} `)
    .replaceAll(/\[(?=\/?[A-Z_]{3,}\])/g, '[ ')
}

/** JSON in which every unseen character shows as its code: for what a person decides on. */
export function visibleJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null'
  return text.replaceAll(unseen, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      const code = character.charCodeAt(at).toString(16).padStart(4, '0')
      return `\\u${code}`
    }).join(''),
  )
}
