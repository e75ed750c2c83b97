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
  /** What the model does; left out: there is no model. */
  rules?: Rule[]
  as?: ScriptedAs
  world?: Omit<WorldOptions, 'models'>
  /** What is done, and then what is wrong with the world. */
  play(world: AgentWorld, model: ScriptedServer | null): Promise<string[]>
}

/** A trial in a homelab of its own, with a model that follows rules. What it has no rule for is a fault. */
export function agentTrial({ name, mustFail, rules, as, world, play }: AgentTrial): Trial {
  return {
    name,
    ...(mustFail === undefined ? {} : { mustFail }),
    async run() {
      const model = rules ? await openScriptedModel(rules, as) : null
      const opened = await openAgentWorld({
        inventory: (make) => makeHomelab(make),
        ...world,
        ...(model ? { models: [model.row] } : {}),
      })
      try {
        const faults = await play(opened, model)
        return [...faults, ...(model?.unforeseen ?? []).map((words) => `no rule for “${words}”`)]
      } finally {
        await opened.close()
        await model?.close()
      }
    },
  }
}
