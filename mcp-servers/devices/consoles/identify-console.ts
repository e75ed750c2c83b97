import type { Clock } from '../../serving/clock.ts'
import { askConsole } from './ask-console.ts'
import type { ConsoleFacts } from './console-facts.ts'
import type { ConsoleDialect } from './dialect.ts'
import { type ConsoleLine, findBaud, type OpenConsole } from './find-baud.ts'
import { type ConsoleLogin, keyboardOf } from './keyboard.ts'
import type { Prompt } from './prompt.ts'
import { withoutSecrets } from './without-secrets.ts'

export type ConsoleOutcome =
  | { kind: 'identified'; platform: string; manufacturer: string; facts: ConsoleFacts }
  /** It answers, and HWLab knows no such family. */
  | { kind: 'unknown-family' }
  /** It stands where HWLab types nothing. */
  | { kind: 'stopped'; at: Prompt }
  /** No answer at any rate: a result, not a fault. */
  | { kind: 'silent' }
  | { kind: 'garbled' }
  /** It stood at a prompt and then gave no answer to a command. */
  | { kind: 'fell-silent' }
  | { kind: 'endless' }
  | { kind: 'login-refused' }
  | { kind: 'unplugged' }

export interface ConsoleReport {
  outcome: ConsoleOutcome
  rate: number | null
  /** HWLab logged in and could not log out: the console does not stand at a prompt any more. */
  leftLoggedIn: boolean
  /** What was on the screen, secrets masked. */
  transcript: string
}

export interface IdentifyDeps {
  line: ConsoleLine
  dialects: readonly ConsoleDialect[]
  clock: Clock
  /** For this session only; null: where it asks for one, HWLab stops. */
  login: ConsoleLogin | null
}

/**
 * Says what a console belongs to without changing anything: looks first, wakes it with a carriage return, answers no
 * dialog, types only the read-only commands, and logs out when it logged in. Throws `DeviceError` when the line cannot
 * be opened.
 */
export async function identifyConsole(deps: IdentifyDeps): Promise<ConsoleReport> {
  const found = await findBaud(deps.line, deps.clock)
  if (found.kind !== 'found')
    return {
      ...{ outcome: { kind: found.kind }, rate: null, leftLoggedIn: false },
      transcript: 'screen' in found ? found.screen : '',
    }
  const { console } = found
  const session: Session = { given: 'nothing' }
  try {
    const outcome = await atPrompt(console, deps, session)
    const leftLoggedIn = session.given === 'password' && stuck.includes(outcome.kind)
    return { outcome, rate: console.rate, leftLoggedIn, transcript: transcriptOf(console, deps.login) }
  } finally {
    await console.channel.close()
  }
}

interface Session {
  /** Of the login, so far. */
  given: 'nothing' | 'name' | 'password'
}

/** Where no “exit” may be typed. */
const stuck: readonly ConsoleOutcome['kind'][] = ['stopped', 'fell-silent', 'endless']

async function atPrompt(console: OpenConsole, deps: IdentifyDeps, session: Session): Promise<ConsoleOutcome> {
  const keyboard = keyboardOf(console.channel)
  let { prompt } = console
  for (let steps = 0; steps < 60; steps += 1) {
    if (prompt.kind === 'exec' || prompt.kind === 'junos' || prompt.kind === 'routeros') {
      const outcome = await askConsole({ ...console, prompt }, deps)
      const isAtPrompt = outcome.kind === 'identified' || outcome.kind === 'unknown-family'
      if (session.given === 'password' && isAtPrompt) await keyboard.leave()
      return outcome
    }
    if (prompt.kind === 'press-return') await keyboard.wake()
    else if (prompt.kind === 'more') await keyboard.nextPage()
    else if (prompt.kind === 'login' && deps.login && session.given === 'nothing') {
      await keyboard.user(deps.login)
      session.given = 'name'
    } else if (prompt.kind === 'password' && deps.login && session.given !== 'password') {
      await keyboard.password(deps.login)
      session.given = 'password'
    } else if (session.given !== 'nothing' && (prompt.kind === 'login' || prompt.kind === 'password'))
      return { kind: 'login-refused' }
    else return { kind: 'stopped', at: prompt }
    const reading = await console.reader.read({
      quietMs: 1500,
      withinMs: 10_000,
      isDone: (seen) => seen.kind !== 'none',
    })
    if (reading.kind === 'closed') return { kind: 'unplugged' }
    if (reading.kind === 'endless') return { kind: 'endless' }
    prompt = reading.prompt
  }
  return { kind: 'endless' }
}

function transcriptOf({ reader }: OpenConsole, login: ConsoleLogin | null): string {
  return withoutSecrets(reader.bytes(), login)
}
