import type { ModelChoice } from '../models/model-entry.ts'
import type { ModelFailure } from '../models/model-failure.ts'
import type { AskedTask, RouteDecision, ThoughtOf } from '../store/route-decisions.ts'
import type { RunRow } from '../store/runs.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import type { Reason, WhyNot } from './eligibility.ts'
import type { Route, Unsure } from './plan-route.ts'
import { toolsForTask } from './tools-for-task.ts'

/** The models of a route, asked one after the other, and the record of it. */
export interface Attempts {
  /** Has a small model say what the message asks for, where nothing else told. Waits a few seconds at the most; never throws. */
  readTask(ask: (unsure: Unsure) => Promise<AskedTask>): Promise<void>
  now(): ModelChoice
  /** The tools that the present model sees. */
  tools(toolbox: Toolbox): Toolbox
  /** Goes on to the next model; false: there is none. */
  escalate(why: WhyNot): boolean
  /** Whether a model is next, and not Commands. */
  modelIsNext(): boolean
  decision(): RouteDecision
}

export function openAttempts(
  planned: Route,
  run: Pick<RunRow, 'id' | 'conversationId' | 'advisorMessageId' | 'startedAtMs'>,
  { wish, mayAnswer }: { wish: string; mayAnswer(entry: ModelChoice['entry']): boolean },
): Attempts {
  const failed: ThoughtOf[] = []
  let route = planned
  let rest = [...route.next]
  let now = route.first
  let asked: AskedTask | null = null
  let firstWords: string | null = null

  /** While the others answered, a person may have said that nothing leaves this network. */
  function dropForbidden(): void {
    for (const { entry } of rest)
      if (!mayAnswer(entry)) failed.push({ key: entry.key, name: entry.name, ...forbidden })
    rest = rest.filter(({ entry }) => mayAnswer(entry))
  }

  return {
    async readTask(ask) {
      const { unsure } = route
      if (!unsure) return
      asked = await ask(unsure)
      route = unsure.routeAs(asked)
      rest = [...route.next]
      now = route.first
    },
    now: () => now,
    tools: (toolbox) => toolsForTask(toolbox, route.task, now.entry),
    modelIsNext() {
      dropForbidden()
      return rest.some(({ entry }) => entry.where !== 'commands')
    },
    escalate(why) {
      dropForbidden()
      const { key, name } = now.entry
      const following = rest.shift()
      if (!following) return false
      failed.push({ key, name, ...why })
      firstWords ??= why.words
      now = {
        entry: following.entry,
        why: `${route.first.entry.name} was asked first, but ${firstWords}.`,
      }
      return true
    },
    decision: () => ({
      ...{ id: run.id, conversationId: run.conversationId, messageId: run.advisorMessageId },
      ...{ atMs: run.startedAtMs, wish, decidedBy: route.decidedBy, task: route.task, asked },
      ...{ modelKey: now.entry.key, tier: now.entry.tier },
      models: [
        ...route.passedOver,
        ...failed,
        { key: now.entry.key, name: now.entry.name, reason: null, words: now.why },
      ],
    }),
  }
}

const forbidden: WhyNot = { reason: 'privacy_block', words: 'what you ask stays on this network by now' }

const reasonOf: Record<ModelFailure['kind'], Reason> = {
  unreachable: 'timeout',
  'not-a-model-server': 'failed',
  refused: 'failed',
  overloaded: 'timeout',
  failed: 'failed',
  empty: 'empty',
  'broken-off': 'truncated',
  'too-long': 'ctx_overflow',
  'unreadable-call': 'tool_fail',
  endless: 'truncated',
  'wrong-form': 'schema_fail',
  'no-money': 'budget_block',
}

/** Why a model that failed is left. */
export function whyLeft({ kind, words }: ModelFailure): WhyNot {
  return { reason: reasonOf[kind], words }
}

/** The server's trouble and not the question's: the next question asks it last. */
export function isItsFault({ kind }: ModelFailure): boolean {
  return reasonOf[kind] === 'timeout' || reasonOf[kind] === 'failed'
}
