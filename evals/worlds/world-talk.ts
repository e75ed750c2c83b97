import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { Message, Part } from '../../agent/protocol/messages.ts'
import type { RouteView } from '../../agent/protocol/routing.ts'
import type { Tab } from './tab.ts'
import { within } from './within.ts'

/** One answer, as the person got it. */
export type Said =
  | { kind: 'refused'; why: string }
  | {
      kind: 'answered'
      outcome: 'done' | 'waiting' | 'stopped' | 'failed'
      /** Text without the notices. */
      text: string
      notices: string[]
      calls: SaidCall[]
      answeredBy: Message['answeredBy']
      costUsd: number
      elapsedMs: number
      firstWordMs: number | null
      messageId: string
    }

export interface SaidCall {
  /** `netbox_find_item` */
  tool: string
  /** JSON text, bounded. */
  input: string
  state: Extract<Part, { kind: 'tool-call' }>['state']
  outcome: string | null
  itemId: string | null
  changeId: string | null
}

export interface WorldTalk {
  /** From now on it is said in a new conversation. */
  newConversation(): Promise<string>
  openConversation(id: string): Promise<string>
  /** Resolves when the answer ended. Throws when it does not end in time. */
  say(text: string, photos?: { name: string; bytes: Uint8Array }[]): Promise<Said>
  /** How an answer found its model. */
  routeOf(messageId: string): Promise<RouteView | null>
  /** As on the card. Resolves when the change ended and whoever asked for it told so. */
  decide(changeId: string, decision: 'approve' | 'decline', leaveOut?: number[]): Promise<ChangeView>
}

interface Around {
  tab: Tab
  upload(photos: { name: string; bytes: Uint8Array }[]): Promise<string[]>
  change(changeId: string): ChangeView | null
  withinMs: number
}

const openStates: ReadonlySet<ChangeView['state']> = new Set(['proposed', 'approved', 'executing'])

export function openWorldTalk({ tab, upload, change, withinMs }: Around): WorldTalk {
  const callsOf = (changeId: string) =>
    [...tab.messages.values()]
      .flatMap(({ parts }) => parts)
      .filter((part) => part.kind === 'tool-call' && part.changeId === changeId)
  const isTold = (changeId: string) =>
    callsOf(changeId).every((part) => part.kind === 'tool-call' && part.state !== 'waiting') &&
    tab.chunks.at(-1)?.body.kind === 'run-end'

  function openConversation(id: string): Promise<string> {
    // What goes on in the one that is left is not sent any more.
    tab.messages.clear()
    return tab.open(id)
  }

  return {
    openConversation,
    async newConversation() {
      const made = await tab.ask('conversation-new', {})
      if (made.kind === 'refused') throw new Error(made.why)
      return openConversation(made.value.conversationId)
    },
    async say(text, photos = []) {
      const attachmentIds = photos.length > 0 ? await upload(photos) : []
      const sentAtMs = performance.now()
      const sent = await tab.send(text, attachmentIds)
      if (sent.kind === 'refused') return sent
      const { runId } = sent.value
      let firstWordMs: number | null = null
      const ended = tab.until(({ chunks }) => {
        const own = chunks.filter((chunk) => chunk.runId === runId)
        if (own.some(({ body }) => body.kind === 'text-delta')) firstWordMs ??= performance.now() - sentAtMs
        return own.at(-1)?.body.kind === 'run-end'
      })
      await within(ended, withinMs, `“${text.slice(0, 60)}” was not answered in time.`)
      const end = tab.chunks.find((chunk) => chunk.runId === runId && chunk.body.kind === 'run-end')
      if (end?.body.kind !== 'run-end') throw new Error('An answer without an end')
      return {
        ...{ kind: 'answered', outcome: end.body.outcome, firstWordMs },
        elapsedMs: performance.now() - sentAtMs,
        ...told(tab, end.body.messageId),
      }
    },
    async routeOf(messageId) {
      const answer = await tab.ask('route-open', { messageId })
      return answer.kind === 'ok' ? answer.value.route : null
    },
    async decide(changeId, decision, leaveOut = []) {
      const view = change(changeId)
      if (!view) throw new Error(`There is no change ${changeId}.`)
      const decided = await tab.ask('change-decide', { changeId, digest: view.digest, decision, leaveOut })
      if (decided.kind === 'refused') throw new Error(decided.why)
      const isOver = () => !openStates.has(change(changeId)?.state ?? 'proposed') && isTold(changeId)
      await within(tab.until(isOver), withinMs, `“${view.title}” did not end in time.`)
      return change(changeId) ?? view
    },
  }
}

function told(tab: Tab, messageId: string) {
  const message = tab.messages.get(messageId)
  const parts = message?.parts ?? []
  return {
    messageId,
    text: parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n'),
    notices: parts.flatMap((part) => (part.kind === 'notice' ? [part.text] : [])),
    calls: parts.flatMap((part): SaidCall[] => {
      if (part.kind !== 'tool-call') return []
      const { server, tool, input, state, outcome, itemId, changeId } = part
      return [{ tool: server === '' ? tool : `${server}_${tool}`, input, state, outcome, itemId, changeId }]
    }),
    answeredBy: message?.answeredBy ?? null,
    costUsd: message?.answeredBy?.costUsd ?? 0,
  }
}
