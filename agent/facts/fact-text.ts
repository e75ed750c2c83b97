import { withoutTemplateWords } from '../models/armour/safe-prompt.ts'

const charactersMax = 200
/** Controls, line ends, text direction, zero width, private use: what a person does not see on a card. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u

/** A sentence as it is kept, or why it is not. */
export function readFact(written: string): { kind: 'fact'; text: string } | { kind: 'refused'; why: string } {
  const text = written.trim().normalize('NFC')
  if (text === '') return refused('Write a sentence first.')
  if (text.length > charactersMax)
    return refused(
      `This has ${text.length.toLocaleString('en-US')} characters; a sentence to remember can have ${charactersMax}. Shorten it, or make two of it.`,
    )
  if (unseen.test(text))
    return refused('There is a line break in it, or a character that nobody sees. Type it again on one line.')
  if (withoutTemplateWords(text) !== text)
    return refused(
      'There is something in it that models take for a sign of their own, such as “<|…|>”. Leave it out.',
    )
  return { kind: 'fact', text }
}

/** The person wrote this very sentence in one of their messages. */
export function isSaidIn(text: string, messages: string[]): boolean {
  const wanted = folded(text)
  return messages.some((message) => folded(message).includes(wanted))
}

function folded(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.!]+$/, '')
    .trim()
}

function refused(why: string): { kind: 'refused'; why: string } {
  return { kind: 'refused', why }
}
