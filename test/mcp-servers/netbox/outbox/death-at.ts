import type { Fault } from '../../../support/faulty-fetch.ts'

/**
 * HWLab dies at its request number `at`, counted after `begin`. Every other time that request still reaches the server, and
 * only its answer is lost.
 */
export function deathAt(at: number): { begin(): void; isDead(): boolean; next(): Fault } {
  let isCounting = false
  let sent = 0
  return {
    begin() {
      isCounting = true
    },
    isDead: () => sent >= at,
    next() {
      if (!isCounting) return { kind: 'none' }
      sent += 1
      if (sent === at && at % 2 === 0) return { kind: 'lost-response' }
      return sent >= at ? { kind: 'refused' } : { kind: 'none' }
    },
  }
}
