/** What a simulated console says. Text has LF line ends; the wire has CR LF. */
export interface ConsoleScript {
  /** Said when somebody looks for the first time, before any key. */
  banner: string
  /** Stands here and knows nothing else: a dialog, a boot loader. null: a prompt that takes commands. */
  stuckAt: string | null
  prompt: string
  login: { user: string; password: string } | null
  answers: Readonly<Record<string, string>>
  refusal: string
  /** Pages of so many lines until paging is switched off. */
  pageLines: number
}

export interface SimulatedConsole {
  /** Bytes that the operator's side sends. */
  input(bytes: Uint8Array): void
  /** Every whole line that was typed, in order. */
  typed(): readonly string[]
}

const more = ' --More-- '
const pagingOff = /^(?:terminal (?:length|pager) 0|no page|set cli screen-length 0)$/

/** The device side of a console: takes keys, gives `output`. It echoes, pages, asks for a login, and logs out. */
export function openSimulatedConsole(
  script: ConsoleScript,
  output: (bytes: Uint8Array) => void,
): SimulatedConsole {
  const typed: string[] = []
  let line = ''
  let waiting: string[] = []
  let isPaging = true
  let at: 'asleep' | 'user' | 'password' | 'prompt' = 'asleep'
  let user = ''

  const say = (text: string) => output(new TextEncoder().encode(text.replaceAll('\n', '\r\n')))
  const ask = () => say(at === 'user' ? 'login: ' : at === 'password' ? 'Password: ' : script.prompt)
  const page = () => {
    const lines = isPaging ? waiting.splice(0, script.pageLines) : waiting.splice(0)
    say(lines.map((text) => `${text}\n`).join(''))
    if (waiting.length > 0) say(more)
    else ask()
  }
  const enter = (entered: string) => {
    typed.push(entered)
    if (script.stuckAt !== null) return say(`\n${script.stuckAt}`)
    say('\n')
    if (at === 'asleep') at = script.login ? 'user' : 'prompt'
    else if (at === 'user') {
      user = entered
      at = 'password'
    } else if (at === 'password') {
      const isRight = user === script.login?.user && entered === script.login.password
      at = isRight ? 'prompt' : 'user'
      if (!isRight) say('Login incorrect\n')
    } else if (entered === 'exit' && script.login) {
      at = 'user'
      isPaging = true
    } else if (pagingOff.test(entered)) isPaging = false
    else if (entered !== '') {
      waiting = (script.answers[entered] ?? script.refusal).split('\n')
      return page()
    }
    ask()
  }

  if (script.banner !== '') say(script.banner)
  return {
    typed: () => typed,
    input(bytes) {
      for (const character of new TextDecoder('latin1').decode(bytes)) {
        if (waiting.length > 0) {
          say(`\r${' '.repeat(more.length)}\r`)
          if (character === ' ') page()
          else {
            waiting = []
            ask()
          }
        } else if (character === '\r') {
          enter(line)
          line = ''
        } else {
          line += character
          if (at !== 'password') say(character)
        }
      }
    },
  }
}
