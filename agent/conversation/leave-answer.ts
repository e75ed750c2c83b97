import type { Part } from '../protocol/messages.ts'
import { type Attempts, isItsFault, whyLeft } from '../routing/attempts.ts'
import type { WhyNot } from '../routing/eligibility.ts'
import type { Routing } from '../routing/open-routing.ts'
import { whyUseless } from '../routing/verify-answer.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { cautionOf } from './closing-words.ts'
import type { MessageWriter } from './message-writer.ts'
import type { TurnOutcome } from './turn.ts'

export interface LeavingDeps {
  toolbox: Pick<Toolbox, 'cards'>
  routing: Pick<Routing, 'noteFailure'>
  onModelError(error: unknown, modelKey: string): void
}

export interface EndedAttempt {
  attempts: Attempts
  writer: MessageWriter
  /** Its first part in the message. */
  from: number
  seen: string[]
}

/** Decides after each model whether its answer stands; true: it does not, and another one is asked. */
export function openLeaving(deps: LeavingDeps): (outcome: TurnOutcome, ended: EndedAttempt) => boolean {
  function leaveFailed(outcome: Extract<TurnOutcome, { kind: 'failed' }>, ended: EndedAttempt): boolean {
    const { attempts } = ended
    const { failure, nothingSaid } = outcome
    const { key } = attempts.now().entry
    deps.onModelError(outcome.error, key)
    if (isItsFault(failure)) deps.routing.noteFailure(key)
    if (nothingSaid) return passOn(ended, whyLeft(failure))
    // At a cap, what was found stays with the words that say so.
    if (failure.kind === 'no-money') return false
    const parts = ended.writer.parts().slice(ended.from)
    const useless = failure.kind === 'empty' ? whyUseless({ parts, seen: '' }) : null
    return takeBack(ended, useless ?? whyLeft(failure))
  }

  /** Commands answer less than a model, so the message says why it is their turn. */
  function passOn({ attempts, writer }: EndedAttempt, why: WhyNot): boolean {
    const { name } = attempts.now().entry
    if (!attempts.escalate(why)) return false
    const next = attempts.now().entry
    if (next.where === 'commands') writer.notice('muted', insteadWords(name, why, next.name))
    return true
  }

  /** An answer that what it read speaks against is taken back when a model can take its place, and marked when none can. */
  function leaveUseless({ attempts, writer, from, seen }: EndedAttempt): boolean {
    const why = whyUseless({ parts: writer.parts().slice(from), seen: seen.join('\n') })
    if (!why) return false
    if (takeBack({ attempts, writer, from, seen }, why)) return true
    writer.notice('bad', cautionOf(attempts.now().entry.name, why))
    return false
  }

  /** Only where a model can take its place, and nothing was done that must not be done twice. */
  function takeBack({ attempts, writer, from }: EndedAttempt, why: WhyNot): boolean {
    const { name } = attempts.now().entry
    const isSafe = writer.parts().slice(from).every(isOnlyRead)
    if (!isSafe || !attempts.modelIsNext() || !attempts.escalate(why)) return false
    writer.discardText(from, insteadWords(name, why, attempts.now().entry.name))
    return true
  }

  /** A call that filed a request is not made a second time by another model. */
  function isOnlyRead(part: Part): boolean {
    if (part.kind !== 'tool-call' || part.server === '') return true
    return (
      deps.toolbox.cards.find(({ server, tool }) => server === part.server && tool === part.tool)
        ?.readOnly === true
    )
  }

  return (outcome, ended) => {
    if (outcome.kind === 'failed') return leaveFailed(outcome, ended)
    return outcome.kind === 'done' && ended.attempts.now().entry.where !== 'commands' && leaveUseless(ended)
  }
}

function insteadWords(left: string, why: WhyNot, next: string): string {
  return `${left}: ${why.words}. ${next} answers instead.`
}
