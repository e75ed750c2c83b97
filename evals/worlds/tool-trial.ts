import { recordOf, saysBack, untouched, unwritten } from '../checks/end-state.ts'
import { differs, faults } from '../checks/faults.ts'
import type { Rule } from '../models/scripted-model.ts'
import type { Trial } from '../trial.ts'
import { agentTrial } from './agent-trial.ts'
import type { AgentWorld, WorldOptions } from './agent-world.ts'
import type { WorldChange, WorldState } from './world-state.ts'

/** A question: what is answered holds the facts, and the world stays as it was. */
export function lookUp(
  ask: string,
  tells: RegExp[],
  rules: Rule[],
  world: Omit<WorldOptions, 'models'> = {},
): Trial {
  return agentTrial({
    ...{ name: ask, judgesLive: true, rules, world },
    async play(opened) {
      const before = opened.state()
      const found = await saysBack(opened, ask, tells)
      return [...found, ...untouched(before, opened.state())]
    },
  })
}

/** A wish: exactly what was wished waits, nothing is written before a person agrees, and then it is written. */
export function wish(ask: string, wanted: Wanted, rules: Rule[]): Trial {
  return agentTrial({ name: ask, judgesLive: true, rules, play: (world) => granted(world, ask, wanted) })
}

export interface Wanted {
  tool: string
  /** What has to be in the payload of its first step. */
  payload: (payload: string) => boolean
  /** Fields of the record afterwards. */
  record?: { tag: string; fields: Record<string, unknown> }
  labels?: string[]
}

async function granted(world: AgentWorld, ask: string, wanted: Wanted): Promise<string[]> {
  const before = world.state()
  await world.say(ask)
  const asked = world.state()
  const [change] = asked.changes
  const found = [...unwritten(before, asked), ...isWished(asked.changes, wanted)]
  if (!change) return found
  const ended = await world.decide(change.id, 'approve')
  return [...found, ...differs('state', ended.state, 'done'), ...isDone(before, world.state(), wanted)]
}

function isWished(changes: WorldChange[], { tool, payload }: Wanted): string[] {
  const [change] = changes
  const written = JSON.stringify(change?.steps[0]?.payload ?? null)
  return [
    ...differs(
      'changes',
      changes.map((one) => one.tool),
      [tool],
    ),
    ...faults([payload(written), `the payload is ${written.slice(0, 300)}`]),
  ]
}

function isDone(before: WorldState, after: WorldState, { record, labels }: Wanted): string[] {
  const fields = Object.keys(record?.fields ?? {})
  const now = recordOf(after, record?.tag ?? '')
  return [
    ...differs(
      'the record',
      Object.fromEntries(fields.map((field) => [field, now[field]])),
      record?.fields ?? {},
    ),
    ...differs(
      'labels',
      after.printJobs.map(({ tag }) => tag),
      labels ?? [],
    ),
    ...differs('other things', others(after, record?.tag), others(before, record?.tag)),
  ]
}

/** What everything else is like: a change of one thing leaves the others alone. */
function others({ records }: WorldState, tag: string | undefined): string {
  const devices = (records['dcim/devices'] ?? []).filter(({ asset_tag }) => asset_tag !== tag)
  return JSON.stringify(
    devices.map(({ asset_tag, name, serial, status }) => [asset_tag, name, serial, status]),
  )
}
