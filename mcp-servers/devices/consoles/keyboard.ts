import type { ByteChannel } from '../transports/byte-channel.ts'
import type { ReadOnlyCommand } from './read-only-commands.ts'

/** What a person gave for this one session; never stored, never in a transcript. */
export interface ConsoleLogin {
  user: string
  password: string
}

/** Everything that HWLab can type into a console by itself: there is no way to type anything else. */
export interface Keyboard {
  /** One carriage return. */
  wake(): Promise<void>
  /** One blank, for the next page of a long answer. */
  nextPage(): Promise<void>
  ask(command: ReadOnlyCommand): Promise<void>
  user(login: ConsoleLogin): Promise<void>
  password(login: ConsoleLogin): Promise<void>
  /** Ends the session that `user` and `password` began. */
  leave(): Promise<void>
}

export function keyboardOf(channel: Pick<ByteChannel, 'write'>): Keyboard {
  const type = (text: string) => channel.write(new TextEncoder().encode(text))
  return {
    wake: () => type('\r'),
    nextPage: () => type(' '),
    ask: (command) => type(`${command}\r`),
    user: (login) => type(`${oneLine(login.user)}\r`),
    password: (login) => type(`${oneLine(login.password)}\r`),
    leave: () => type('exit\r'),
  }
}

/** A name with a line end in it would be a command. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '')
}
