import { commandNames, nearestCommand } from '../models/command-grammar.ts'

const textCharactersMax = 20_000

/** A sentence when the message cannot be taken, or null. Nothing is stored of a refused message, so nothing is lost. */
export function refusalOf(message: { text: string; attachmentIds: string[] }): string | null {
  const { text, attachmentIds } = message
  if (text.length > textCharactersMax) {
    const count = text.length.toLocaleString('en-US')
    return `This text has ${count} characters; a message can have 20,000. Shorten it, or send only the part that matters.`
  }
  if (text.trim() === '' && attachmentIds.length === 0) return 'Type something or add a photo first.'
  const word = /^\s*\/(\S*)/.exec(text)?.[1]?.toLowerCase()
  if (word === undefined || commandNames.includes(word)) return null
  const nearest = word === '' ? null : nearestCommand(word)
  const hint = nearest ? `Did you mean /${nearest}? ` : ''
  return `There is no command /${word.slice(0, 30)}. ${hint}/help lists all of them.`
}
