import {
  openScriptedModel,
  type Rule,
  type ScriptedAs,
  type ScriptedServer,
} from '../models/scripted-model.ts'
import type { Trial } from '../trial.ts'
import { type AgentWorld, openAgentWorld, type WorldOptions } from './agent-world.ts'
import { makeHomelab } from './homelab.ts'

export interface AgentTrial {
  name: string
  mustFail?: string
  judgesLive?: true
  /** What the model does; left out: there is no model. */
  rules?: Rule[]
  as?: ScriptedAs
  world?: Omit<WorldOptions, 'models'>
  /** What is done, and then what is wrong with the world. `model` is null when others answer than the scripted one. */
  play(world: AgentWorld, model: ScriptedServer | null): Promise<string[]>
}

/** A trial in a homelab of its own, with a model that follows rules. What it has no rule for is a fault. */
export function agentTrial({ name, mustFail, judgesLive, rules, as, world, play }: AgentTrial): Trial {
  return {
    name,
    ...(mustFail === undefined ? {} : { mustFail }),
    ...(judgesLive ? { judgesLive } : {}),
    async run(live) {
      const scripted = rules && !live ? await openScriptedModel(rules, as) : null
      const opened = await openAgentWorld({
        inventory: (make) => makeHomelab(make),
        ...world,
        ...(scripted ? { models: [scripted.row] } : {}),
        ...(live ? { live } : {}),
      })
      try {
        const faults = await play(opened, scripted)
        return [...faults, ...(scripted?.unforeseen ?? []).map((words) => `no rule for “${words}”`)]
      } finally {
        await opened.close()
        await scripted?.close()
      }
    },
  }
}
