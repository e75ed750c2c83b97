import fc from 'fast-check'
import type { Fault } from './faulty-fetch.ts'

/** The longest that a delayed request stays on its way. */
export const lateMostMs = 100_000

/** A network and a server at their worst: eight in `sound` + 8 requests go wrong. */
export function randomFault(sound: number): fc.Arbitrary<Fault> {
  return fc.oneof(
    { weight: sound, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
    { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'refused' }) },
    { weight: 2, arbitrary: fc.constant<Fault>({ kind: 'lost-response' }) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1_000, max: lateMostMs })
        .map((byMs) => ({ kind: 'delayed' as const, byMs })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Fault>(
        { kind: 'html-500' },
        { kind: 'operational-error' },
        { kind: 'integrity-error' },
      ),
    },
    { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'done-but-html-500' }) },
    { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'twice' }) },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 30 }).map((seconds) => ({ kind: 'throttled' as const, seconds })),
    },
  )
}
