import type { TesterFrame, TesterProfile } from './tester-profile.ts'

export type TesterEvent =
  /** One frame; its like has to follow before it counts, because contacts bounce. */
  | { kind: 'once'; frame: TesterFrame }
  /** Nothing new. */
  | { kind: 'again'; frame: TesterFrame }
  | { kind: 'settled'; frame: TesterFrame; raw: Uint8Array }

/**
 * What a tester says, once it has said it twice alike. The same again is not news; something else, twice, is a new
 * result and never changes the one before it. A wiremap and a length between two of its like do not disturb each other.
 */
export function openSettling(profile: TesterProfile): { push(bytes: Uint8Array): TesterEvent[] } {
  const framer = profile.framer()
  const last = new Map<TesterFrame['kind'], string>()
  const settled = new Map<TesterFrame['kind'], string>()
  return {
    push: (bytes) =>
      framer.push(bytes).flatMap((raw): TesterEvent[] => {
        const frame = profile.decode(raw)
        if (frame === null) return []
        const told = JSON.stringify(frame)
        const isAgain = told === last.get(frame.kind)
        last.set(frame.kind, told)
        if (!isAgain) return [{ kind: 'once', frame }]
        if (told === settled.get(frame.kind)) return [{ kind: 'again', frame }]
        settled.set(frame.kind, told)
        return [{ kind: 'settled', frame, raw }]
      }),
  }
}
