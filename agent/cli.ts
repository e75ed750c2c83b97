import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { loadFolder } from '../mcp-servers/serving/load-folder.ts'
import { type Command, type CommandWorld, isCommand } from './command.ts'
import { readConfig } from './config.ts'
import { nearestWord } from './nearest-word.ts'

/** `hwlab <command>`: the commands are the files of `commands/`. */
export async function runCli(words: string[], out: Omit<CommandWorld, 'config'>): Promise<number> {
  const commands = await loadFolder<Command>(join(import.meta.dirname, 'commands'), isCommand)
  const [name = 'help', ...rest] = words
  if (name === 'help' || name === '--help' || name === '-h') {
    help(commands, out.print)
    return 0
  }
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) {
    const nearest = nearestWord(
      name,
      commands.map((candidate) => candidate.name),
    )
    out.tell(
      `There is no command “${name}”.${nearest ? ` Did you mean ${nearest}?` : ''} npx hwlab help lists all.`,
    )
    return 2
  }
  const read = readConfig()
  if (read.kind === 'refused') {
    for (const why of read.whys) out.tell(why)
    return 1
  }
  return command.run(rest, { config: read.config, ...out })
}

function help(commands: Command[], print: (line: string) => void): void {
  print('npx hwlab <command>')
  print('')
  for (const command of commands) {
    for (const usage of command.usage) print(`  ${usage}`)
    print(`      ${command.what}`)
  }
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
}

if (import.meta.main) {
  process.exitCode = await runCli(process.argv.slice(2), {
    print: (line) => process.stdout.write(`${line}\n`),
    tell: (line) => process.stderr.write(`${line}\n`),
    ...(process.stdin.isTTY ? { confirm } : {}),
  }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'It did not work.'}\n`)
    return 1
  })
}
