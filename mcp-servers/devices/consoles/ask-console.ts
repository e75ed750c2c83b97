import type { Clock } from '../../serving/clock.ts'
import type { ConsoleDialect } from './dialect.ts'
import type { OpenConsole } from './find-baud.ts'
import type { ConsoleOutcome } from './identify-console.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'
import { isRefused, type Prompt } from './prompt.ts'
import type { ReadOnlyCommand } from './read-only-commands.ts'
import { recognise } from './recognise.ts'

type Ready = Extract<Prompt, { host: string }>

/** What is asked before the family is known: the first answer that speaks for one ends it. */
const openers: Record<Ready['kind'], readonly ReadOnlyCommand[]> = {
  exec: ['terminal length 0', 'show version', 'show system', 'show inventory'],
  junos: ['set cli screen-length 0', 'show version'],
  routeros: ['/system resource print without-paging'],
}

const commandWithinMs = 30_000
const commandQuietMs = 5000
const pagesAtMost = 500

type Answer =
  | { kind: 'answer'; text: string }
  | Extract<ConsoleOutcome, { kind: 'unplugged' | 'endless' | 'fell-silent' | 'stopped' }>

/** Asks a console that stands at a prompt who it is. */
export async function askConsole(
  console: OpenConsole & { prompt: Ready },
  { dialects }: { dialects: readonly ConsoleDialect[]; clock: Clock },
): Promise<ConsoleOutcome> {
  const keyboard = keyboardOf(console.channel)
  const answers = new Map<ReadOnlyCommand, string>()
  const ask = async (command: ReadOnlyCommand): Promise<Exclude<Answer, { kind: 'answer' }> | null> => {
    if (answers.has(command)) return null
    const answer = await answerTo(command, console, keyboard)
    if (answer.kind !== 'answer') return answer
    answers.set(command, isRefused(answer.text) ? '' : answer.text)
    return null
  }

  let dialect: ConsoleDialect | null = null
  for (const command of openers[console.prompt.kind]) {
    const trouble = await ask(command)
    if (trouble) return trouble
    dialect = recognise(dialects, console.prompt.kind, [...answers.values()].join('\n'))
    if (dialect) break
  }
  if (!dialect) return { kind: 'unknown-family' }
  for (const command of [...dialect.pagingOff, ...dialect.commands]) {
    const trouble = await ask(command)
    if (trouble) return trouble
  }
  const { manufacturer, platform } = dialect
  const facts = dialect.read((command) => answers.get(command) ?? '')
  return { kind: 'identified', manufacturer, platform, facts }
}

/** The text between the echo of the command and the next prompt, over as many pages as it has. */
async function answerTo(
  command: ReadOnlyCommand,
  { reader, prompt }: OpenConsole & { prompt: Ready },
  keyboard: Keyboard,
): Promise<Answer> {
  const pages: string[] = []
  await keyboard.ask(command)
  for (let page = 0; page < pagesAtMost; page += 1) {
    const reading = await reader.read({
      quietMs: commandQuietMs,
      withinMs: commandWithinMs,
      isDone: (seen) => seen.kind === 'more' || ('host' in seen && seen.host === prompt.host),
    })
    if (reading.kind === 'closed') return { kind: 'unplugged' }
    if (reading.kind === 'endless') return { kind: 'endless' }
    if (reading.screen === '') return { kind: 'fell-silent' }
    pages.push(withoutLastLine(reading.screen))
    const isPage = reading.prompt.kind === 'more'
    if (!isPage && !('host' in reading.prompt)) return { kind: 'stopped', at: reading.prompt }
    if (!isPage) return { kind: 'answer', text: withoutEcho(pages.join('\n'), command) }
    await keyboard.nextPage()
  }
  return { kind: 'endless' }
}

function withoutLastLine(screen: string): string {
  return screen.slice(0, Math.max(0, screen.lastIndexOf('\n')))
}

function withoutEcho(text: string, command: ReadOnlyCommand): string {
  const [first = '', ...rest] = text.replace(/^\n+/, '').split('\n')
  return first.includes(command) ? rest.join('\n') : text
}
