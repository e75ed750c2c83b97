import type { ModelMessage } from 'ai'
import { loadPrompt } from '../../prompts/load-prompt.ts'
import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { Message } from '../protocol/messages.ts'
import type { CloudTurn, RouteReplaysTable } from '../store/route-replays.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { taskOf } from './intent.ts'
import { replayTurn } from './replay-turn.ts'
import { toolsForTask } from './tools-for-task.ts'

const lookEveryMs = 15 * 60_000
const spanMs = 30 * 24 * 3_600_000
/** Of the cloud's answers of the last 30 days. */
const shareMax = 0.05
const perNightMax = 10
/** By this machine's clock. */
const night = { fromHour: 1, untilHour: 5 }

export interface ReplaysDeps {
  replays: RouteReplaysTable
  clock: Clock
  /** Costs nothing and stays on this network. */
  localModel(): ModelEntry | null
  isIdle(): boolean
  isOff(): boolean
  /** The whole conversation. */
  messages(conversationId: string): Message[]
  asModelReads(messages: Message[]): ModelMessage[]
  toolbox: Pick<Toolbox, 'cards'>
  onChange(): void
  onError(error: unknown): void
}

/** At night, when nobody needs the model on this network: would it have done where one in the cloud answered? */
export interface Replays {
  begin(): void
  /** Somebody wants the model. */
  giveWay(): void
  close(): Promise<void>
}

export function openReplays(deps: ReplaysDeps): Replays {
  const { clock, replays } = deps
  const prompt = loadPrompt('advisor-short', { operator: 'the operator' })
  let running: { stop: AbortController; done: Promise<void> } | null = null
  let cancelNext = () => {}
  let isClosed = false

  function next(): { turn: CloudTurn; entry: ModelEntry } | null {
    const nowMs = clock.nowMs()
    const hour = new Date(nowMs).getHours()
    if (deps.isOff() || hour < night.fromHour || hour >= night.untilHour || !deps.isIdle()) return null
    const entry = deps.localModel()
    const allowed = Math.floor(replays.cloudTurnsSince(nowMs - spanMs) * shareMax)
    const tonightMs = (night.untilHour - night.fromHour) * 3_600_000
    if (!entry || replays.replaysSince(nowMs - spanMs) >= allowed) return null
    if (replays.replaysSince(nowMs - tonightMs) >= perNightMax) return null
    const turn = replays.next(nowMs - spanMs)
    return turn && { turn, entry }
  }

  async function replay({ turn, entry }: { turn: CloudTurn; entry: ModelEntry }, signal: AbortSignal) {
    const messages = deps.messages(turn.conversationId)
    const asked = messages.findIndex(({ id }) => id === turn.operatorMessageId)
    const answer = messages.find(({ id }) => id === turn.advisorMessageId)
    const about = { decisionId: turn.decisionId, atMs: clock.nowMs(), modelKey: entry.key }
    if (asked === -1 || !answer) {
      const words = 'the conversation is a summary by now'
      replays.put({ ...about, promptHash: null, verdict: 'unknown', words })
      return
    }
    const { cards } = toolsForTask({ cards: deps.toolbox.cards }, taskOf(turn.task), entry)
    const verdict = await replayTurn({
      ...{ id: turn.decisionId, entry, answer, signal, instructions: prompt.text },
      cards: cards.filter(({ readOnly }) => readOnly),
      history: deps.asModelReads(messages.slice(0, asked + 1)),
    })
    if (!signal.aborted) replays.put({ ...about, promptHash: prompt.hash, ...verdict })
  }

  async function replayAll(signal: AbortSignal): Promise<void> {
    for (let found = next(); found && !signal.aborted; found = next()) {
      try {
        await replay(found, signal)
      } catch (error) {
        if (signal.aborted) return
        deps.onError(error)
        const about = { decisionId: found.turn.decisionId, atMs: clock.nowMs(), modelKey: found.entry.key }
        replays.put({ ...about, promptHash: prompt.hash, verdict: 'unknown', words: 'it did not answer' })
      }
      deps.onChange()
    }
  }

  function look(): void {
    if (isClosed) return
    const stop = new AbortController()
    running = { stop, done: replayAll(stop.signal).catch(deps.onError) }
    cancelNext = clock.after(lookEveryMs, look)
  }

  return {
    begin() {
      cancelNext = clock.after(lookEveryMs, look)
    },
    giveWay() {
      running?.stop.abort()
    },
    async close() {
      isClosed = true
      cancelNext()
      running?.stop.abort()
      await running?.done
    },
  }
}
