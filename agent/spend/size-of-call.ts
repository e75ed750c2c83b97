import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider'
import { measuredOnce } from '../measured-once.ts'

export interface CallSize {
  /** Of everything that is sent, pictures included: more than any common tokenizer makes of it. */
  tokensAtMost: number
  images: number
}

/** What chat templates put around a message, and around the whole. */
const tokensPerMessage = 12
const tokensPerCall = 64
/**
 * Gemma takes 280 to 1,120 for a picture, Claude up to 1,600, Qwen-VL one for each 28 × 28 pixels: 3,010 at the 1,536 pixels
 * that HWLab sends at most.
 */
const tokensPerImage = 3100

/** An upper bound for what a call takes in: money is reserved by it, so it errs on the dear side. */
export function sizeOfCall(options: Pick<LanguageModelV4CallOptions, 'prompt' | 'tools'>): CallSize {
  const { texts, images } = contentOf(options.prompt)
  if (options.tools) texts.push(JSON.stringify(options.tools))
  const tokens = texts.reduce((sum, text) => sum + tokensOnce(text), 0)
  const around = tokensPerCall + options.prompt.length * tokensPerMessage
  return { tokensAtMost: tokens + around + images * tokensPerImage, images }
}

function contentOf(prompt: LanguageModelV4Prompt): { texts: string[]; images: number } {
  const texts: string[] = []
  let images = 0
  for (const message of prompt) {
    if (typeof message.content === 'string') {
      texts.push(message.content)
      continue
    }
    for (const part of message.content) {
      if (part.type === 'file' || part.type === 'reasoning-file') images += 1
      else if (part.type === 'text' || part.type === 'reasoning') texts.push(part.text)
      else if (part.type === 'tool-call') texts.push(part.toolName, JSON.stringify(part.input))
      else if (part.type === 'tool-result') {
        const { output } = part
        texts.push(part.toolName, 'value' in output ? textOf(output.value) : JSON.stringify(output))
      }
    }
  }
  return { texts, images }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Words of small letters, with the capital before them. */
const word = /[A-Z]?[a-z]{3,}(?![A-Z0-9])/g
/** Hardly a word of any language that tokenizers were trained on. */
const noWord = /[bcdfghjklmnpqrstvwxz]{4}/i
const bytes = new TextEncoder()

/**
 * Tokenizers make a token of about four letters of prose, but of one or two where letters and digits are mixed (serial numbers,
 * MAC addresses): a word counts as one for every three letters, the rest as one for every byte, spaces in a row as one.
 */
export function tokensAtMost(text: string): number {
  let inWords = 0
  const rest = text.replace(word, (found) => {
    inWords += noWord.test(found) ? found.length : Math.ceil(found.length / 3)
    return ''
  })
  const packed = rest.replace(/\s+/g, ' ')
  const spaces = packed.split(' ').length - 1
  // A space before a word belongs to the word's own token; half of them are counted all the same.
  return inWords + bytes.encode(packed).length - Math.floor(spaces / 2)
}

const tokensOnce = measuredOnce(tokensAtMost)
