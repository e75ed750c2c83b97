import { photoLinePattern } from '../conversation/model-messages.ts'
import { type Command, parseCommand } from './command-grammar.ts'

/** What the last message of a person asks for. */
export type CommandRequest =
  | { kind: 'photos'; attachmentIds: string[]; note: string }
  | { kind: 'command'; command: Command }
  /** A change request ended; `outcome` is what to tell. */
  | { kind: 'decided'; outcome: string }

const decidedPattern = /^\[decided ".*"\]\n(.*)\n/

export function readRequest(text: string): CommandRequest {
  const decided = decidedPattern.exec(text)
  if (decided) return { kind: 'decided', outcome: decided[1] ?? '' }
  const attachmentIds = [...text.matchAll(photoLinePattern)].flatMap((match) => match[1] ?? [])
  const note = text.replace(photoLinePattern, '').trim()
  if (attachmentIds.length > 0) return { kind: 'photos', attachmentIds, note }
  return { kind: 'command', command: parseCommand(note) }
}
