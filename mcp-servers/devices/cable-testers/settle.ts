import type { TesterFrame, TesterProfile } from './tester-profile.ts'

export type TesterEvent =
  /** One frame; its like has to follow before it counts, because contacts bounce. */
  { kind: 'once' } | { kind: 'settled'; frame: TesterFrame; raw: Uint8Array }

/**
 * What a tester says, once it has said it twice alike. The same again is not news; something else, twice, is a new
 * result and never changes the one before it.
 */
export function openSettling(profile: TesterProfile): { push(bytes: Uint8Array): TesterEvent[] } {
  const framer = profile.framer()
  let last = ''
  let settled = ''
  return {
    push: (bytes) =>
      framer.push(bytes).flatMap((raw): TesterEvent[] => {
        const frame = profile.decode(raw)
        if (frame === null) return []
        const told = JSON.stringify(frame)
        const isAgain = told === last
        last = told
        if (!isAgain) return [{ kind: 'once' }]
        if (told === settled) return []
        settled = told
        return [{ kind: 'settled', frame, raw }]
      }),
  }
}
