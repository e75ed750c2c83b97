/**
 * Tokens per thing that tokenizers spend tokens on, fitted to the vocabulary of Gemma 3 (262,144 entries). Letters alone are no
 * measure: a line of serial numbers takes three times as many tokens as prose of the same length.
 */
const perDigit = 1.29
const perPunctuation = 0.65
const perWord = 0.89
const perLetterBeyondSix = 0.35
const perCapital = 0.39
const perLineOrIndent = 1.49
const perOtherLetter = 0.32
/** Letters of scripts without spaces, signs and emoji: often one token each, some more. */
const perSign = 1

const blank = 0x20
const isDigit = (code: number) => code >= 48 && code <= 57
const isCapital = (code: number) => code >= 65 && code <= 90
const isSmall = (code: number) => code >= 97 && code <= 122
/** Letters of alphabets beyond ASCII: Latin with marks, Greek, Cyrillic. */
const isOtherLetter = (code: number) => code >= 0xc0 && code <= 0x52f

/**
 * What `text` costs a model, in tokens of no particular model: wrong by about a tenth on average. Whoever needs certainty
 * multiplies with what was learned of the model and adds a margin.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  let wordLength = 0
  let hasSmall = false
  let spaces = 0

  function endWord(): void {
    if (hasSmall) tokens += perWord + perLetterBeyondSix * Math.max(0, wordLength - 6)
    wordLength = 0
    hasSmall = false
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const isSpace = code === blank || code === 9 || code === 10
    if (code === 10 || (isSpace && spaces === 1 && text.charCodeAt(at - 1) !== 10)) tokens += perLineOrIndent
    spaces = isSpace ? spaces + 1 : 0
    if (isSmall(code) || isOtherLetter(code)) {
      if (isOtherLetter(code)) tokens += perOtherLetter
      wordLength += 1
      hasSmall = true
    } else if (isCapital(code)) {
      // A capital after a small letter begins the next word: linkPeerPort.
      if (hasSmall) endWord()
      wordLength += 1
      tokens += perCapital
    } else {
      endWord()
      if (isDigit(code)) tokens += perDigit
      else if (!isSpace) tokens += code < 128 ? perPunctuation : perSign
    }
  }
  endWord()
  return tokens
}
