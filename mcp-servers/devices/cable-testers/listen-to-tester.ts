import type { ByteChannel } from '../transports/byte-channel.ts'
import { openSettling, type TesterEvent } from './settle.ts'
import type { TesterFrame, TesterProfile } from './tester-profile.ts'

export interface TesterState {
  kind: 'waiting' | 'steadying' | 'silent' | 'noise' | 'trouble' | 'unsteady' | 'no-cable' | 'result'
  words: string
}

export interface TesterLine {
  /** Begins a test, with the tester's own command where it has one; what comes is a new result even if nothing changed. */
  test(): Promise<void>
  /** Resolves when the line is closed; rejects with `DeviceError`. */
  listen(): Promise<void>
}

const answerWithinMs = 3000
/** A loose contact may need some; one that never settles is told so. */
const asksMost = 5
/** More than the longest frame of any profile. */
const noiseBytes = 256

const words = {
  asked: 'Asked the tester to measure.',
  button: 'Press the button of the tester.',
  once: 'Measured once. The same has to come again.',
  silent: 'The tester does not answer. Check its power, and whether it is this kind of tester.',
  noise: 'Bytes come, but nothing that this kind of tester says. Choose another kind.',
  unsteady: 'Something else comes each time: a loose contact? Hold the plugs still and test again.',
  noCable: 'All conductors open: no cable, or no remote unit. Plug in the next cable.',
  result: 'Measured. Plug in the next cable, or stop.',
}

/** Listens to a tester over an open line. */
export function listenToTester(deps: {
  channel: ByteChannel
  profile: TesterProfile
  changed(state: TesterState): void
  settled(frame: Exclude<TesterFrame, { kind: 'trouble' }>, raw: Uint8Array): void
}): TesterLine {
  const { channel, profile, changed } = deps
  let settling = openSettling(profile)
  let asksLeft = 0
  let isAsked = false
  let unreadBytes = 0

  async function ask(): Promise<void> {
    if (profile.trigger === null) return
    asksLeft -= 1
    isAsked = true
    await channel.write(profile.trigger)
  }
  async function once(): Promise<void> {
    if (profile.trigger === null) return changed({ kind: 'steadying', words: words.once })
    if (asksLeft === 0) return changed({ kind: 'unsteady', words: words.unsteady })
    changed({ kind: 'steadying', words: words.once })
    await ask()
  }
  async function hear(event: TesterEvent): Promise<void> {
    const { frame } = event
    isAsked = false
    if (frame.kind === 'trouble')
      return changed({ kind: 'trouble', words: `The tester says: ${quoted(frame.words)}` })
    if (event.kind === 'once') return once()
    if (event.kind === 'again') return
    if (profile.trigger === null && isNothing(frame))
      return changed({ kind: 'no-cable', words: words.noCable })
    changed({ kind: 'result', words: words.result })
    deps.settled(frame, event.raw)
  }

  return {
    async test() {
      settling = openSettling(profile)
      asksLeft = asksMost
      unreadBytes = 0
      changed({ kind: 'waiting', words: profile.trigger ? words.asked : words.button })
      await ask()
    },
    async listen() {
      for (;;) {
        const got = await channel.read(answerWithinMs)
        if (got.kind === 'closed') return
        if (got.kind === 'silent') {
          const kind = unreadBytes > 0 ? 'noise' : 'silent'
          if (isAsked) changed({ kind, words: words[kind] })
          isAsked = false
          continue
        }
        const events = settling.push(got.bytes)
        unreadBytes = events.length > 0 ? 0 : unreadBytes + got.bytes.length
        if (unreadBytes > noiseBytes) {
          unreadBytes = 0
          changed({ kind: 'noise', words: words.noise })
        }
        for (const event of events) await hear(event)
      }
    },
  }
}

function isNothing(frame: TesterFrame): boolean {
  return (
    frame.kind === 'wiremap' &&
    frame.map.shorts.length === 0 &&
    Object.values(frame.map.far).every((far) => far.length === 0)
  )
}

/** A tester's own words are foreign text: short, and in quotes. */
function quoted(text: string): string {
  return `“${text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 120)}”`
}
