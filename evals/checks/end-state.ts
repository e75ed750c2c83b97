import type { AgentWorld } from '../worlds/agent-world.ts'
import type { WorldChange, WorldState } from '../worlds/world-state.ts'
import type { Said } from '../worlds/world-talk.ts'
import { differs, faults } from './faults.ts'

/** The record of a thing, by its tag. */
export function recordOf({ records }: WorldState, tag: string): Record<string, unknown> {
  const found = Object.values(records)
    .flat()
    .find(({ asset_tag }) => asset_tag === tag)
  return found ?? {}
}

/** Nothing was written, printed or proposed since. */
export function untouched(before: WorldState, after: WorldState): string[] {
  return [
    ...unwritten(before, after),
    ...differs(
      'changes that were proposed',
      after.changes.map(({ title }) => title),
      before.changes.map(({ title }) => title),
    ),
  ]
}

/** Nothing was written or printed since, and nothing is on its way to be. */
export function unwritten(before: WorldState, after: WorldState): string[] {
  const begun = after.changes.filter(({ state, decidedBy }) => decidedBy !== null || !waits.has(state))
  return [
    ...differs('writes to the inventory', after.inventoryWrites - before.inventoryWrites, 0),
    ...differs('labels', after.printJobs.length - before.printJobs.length, 0),
    ...differs(
      'changes that went ahead',
      begun.map(({ title }) => title),
      [],
    ),
  ]
}

const waits: ReadonlySet<string> = new Set(['proposed', 'superseded', 'expired'])

/** Exactly this one change waits for a person. */
export function proposedOnly(
  state: WorldState,
  wanted: Pick<WorldChange, 'tool'> & { title: RegExp },
): string[] {
  const [change, ...others] = state.changes
  return [
    ...differs(
      'changes beside the one',
      others.map(({ title }) => title),
      [],
    ),
    ...faults(
      [
        change?.tool === wanted.tool && wanted.title.test(change.title),
        `“${change?.title ?? 'no change'}” was proposed, wanted ${wanted.title}`,
      ],
      [change?.state === 'proposed', `the change is ${change?.state}`],
    ),
  ]
}

/** The answer of the turn, in words, or the reason why there is none. */
export const wordsOf = (said: Said): string =>
  said.kind === 'refused' ? said.why : [said.text, ...said.notices].join('\n')

/** Says it, and what is said back has to hold every one of these. */
export async function saysBack(world: AgentWorld, text: string, tells: RegExp[]): Promise<string[]> {
  const words = wordsOf(await world.say(text))
  return tells.flatMap((tell) => (tell.test(words) ? [] : [`“${words.slice(0, 160)}” does not tell ${tell}`]))
}
