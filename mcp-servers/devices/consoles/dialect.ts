import type { ConsoleFacts } from './console-facts.ts'
import type { Prompt } from './prompt.ts'
import type { ReadOnlyCommand } from './read-only-commands.ts'

/** The answer to a command; empty when it was not asked or the device does not know it. */
export type Answers = (command: ReadOnlyCommand) => string

/** How one family of devices is asked and read. One file in `dialects/`. */
export interface ConsoleDialect {
  manufacturer: string
  /** The platform's name in NetBox: "Cisco IOS-XE". */
  platform: string
  prompts: readonly Prompt['kind'][]
  /** 0: not this family; the highest wins. Given all that the console has shown so far. */
  recognise(shown: string): number
  pagingOff: readonly ReadOnlyCommand[]
  /** What else to ask once the family is known, in this order. */
  commands: readonly ReadOnlyCommand[]
  read(answers: Answers): ConsoleFacts
}
