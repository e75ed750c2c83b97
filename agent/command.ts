import type { AgentConfig } from './config.ts'

/** What a command may use of the world; tests hand in their own. */
export interface CommandWorld {
  config: AgentConfig
  /** stdout: what was asked for. */
  print(line: string): void
  /** stderr: everything else. */
  tell(line: string): void
  /** Asks the person at the terminal; left out where there is none. */
  confirm?(question: string): Promise<boolean>
}

/** One `hwlab <name>`; the file in `commands/` has the same name. */
export interface Command {
  name: string
  /** `token create --sign-in` */
  usage: string[]
  what: string
  /** The exit code. */
  run(words: string[], world: CommandWorld): Promise<number>
}

export function isCommand(candidate: unknown, fileStem: string): candidate is Command {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'name' in candidate &&
    candidate.name === fileStem &&
    'run' in candidate
  )
}

/** A wrong use: says how it is written. */
export function misused(command: Pick<Command, 'usage'>, world: CommandWorld): number {
  world.tell('It is written like this:')
  for (const usage of command.usage) world.tell(`  npx hwlab ${usage}`)
  return 2
}
