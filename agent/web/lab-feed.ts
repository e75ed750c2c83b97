import type { Clock } from '../clock.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import type { BenchView } from '../protocol/bench.ts'
import type { ConnectionView } from '../protocol/connections.ts'
import type { ConversationSummary } from '../protocol/conversations.ts'
import type { FactsView } from '../protocol/facts.ts'
import type { ItemView } from '../protocol/items.ts'
import type { MemoryView } from '../protocol/memory.ts'
import type { RoutingView } from '../protocol/routing.ts'
import type { SpendView } from '../protocol/spend.ts'
import type { LabSection } from '../protocol.ts'
import { othersLine } from './others-line.ts'

/** At most ten times a second and section, however often the lab changes. */
const sectionEveryMs = 100

export interface LabFeedDeps {
  desk: OperatorDesk
  clock: Clock
  /** Models are the agent's own; the desk adds NetBox, SearXNG, printers. */
  modelViews(): ConnectionView[]
  spend(): SpendView
  routing(): RoutingView
  memory(): MemoryView
  facts(): FactsView
  conversations(): ConversationSummary[]
  /** It has not been deleted. */
  hasConversation(id: string): boolean
  session: { version: string; readOnly: boolean }
  onError(error: unknown): void
}

type SectionName = LabSection['section']

/** The sections at the side, whole and authoritative; what takes time to find out is remembered and sent when it is known. */
export interface LabFeed {
  sectionsFor(operator: string): LabSection[]
  changed(section: Exclude<SectionName, 'session'>): void
  subscribe(listener: (section: LabSection) => void): () => void
  connections(): ConnectionView[]
  /** Asks everything again; the number of lines. */
  checkConnections(): Promise<number>
  close(): void
}

export function openLabFeed(deps: LabFeedDeps): LabFeed {
  const { desk, clock } = deps
  const listeners = new Set<(section: LabSection) => void>()
  const timers = new Map<SectionName, () => void>()
  let bench: BenchView | null = null
  let deskConnections: ConnectionView[] = []
  let isClosed = false

  function emit(section: LabSection): void {
    for (const listener of listeners) listener(section)
  }
  function withoutLostChat(item: ItemView): ItemView {
    const isLost = item.conversationId !== null && !deps.hasConversation(item.conversationId)
    return isLost ? { ...item, conversationId: null } : item
  }
  const items = (): LabSection => ({ section: 'items', value: desk.items().map(withoutLostChat) })
  function changes(): LabSection {
    const onCards = new Set(desk.items().flatMap((item) => [item.change?.id, item.edit?.id]))
    const open = desk.openChanges().filter((change) => !onCards.has(change.id))
    return { section: 'changes', value: [...open, ...desk.reports()] }
  }
  const queue = (): LabSection => ({ section: 'queue', value: desk.queue() })
  const drift = (): LabSection => ({ section: 'drift', value: desk.drift() })
  const conversations = (): LabSection => ({ section: 'conversations', value: deps.conversations() })
  const spend = (): LabSection => ({ section: 'spend', value: deps.spend() })
  const routing = (): LabSection => ({ section: 'routing', value: deps.routing() })
  const memory = (): LabSection => ({ section: 'memory', value: deps.memory() })
  const facts = (): LabSection => ({ section: 'facts', value: deps.facts() })
  const others = (): LabSection => ({ section: 'others', value: desk.others() })
  const connectionsNow = () => [...deskConnections, ...othersLine(desk.others()), ...deps.modelViews()]
  const connections = (): LabSection => ({ section: 'connections', value: connectionsNow() })

  const readBench = newestFirst(
    () => desk.bench(),
    (read) => {
      bench = read
      if (!isClosed) emit({ section: 'bench', value: read })
    },
  )
  const readConnections = newestFirst(
    () => desk.connections(),
    (read) => {
      deskConnections = read
      if (!isClosed) emit(connections())
    },
  )
  function send(section: SectionName): void {
    if (section === 'items' || section === 'changes') {
      emit(items())
      emit(changes())
    } else if (section === 'queue') emit(queue())
    else if (section === 'drift') emit(drift())
    else if (section === 'conversations') emit(conversations())
    else if (section === 'spend') emit(spend())
    else if (section === 'routing') emit(routing())
    else if (section === 'memory') emit(memory())
    else if (section === 'facts') emit(facts())
    else if (section === 'connections') emit(connections())
    else if (section === 'others') {
      emit(others())
      emit(connections())
    } else if (section === 'bench') readBench().catch(deps.onError)
  }
  function changed(section: SectionName): void {
    if (timers.has(section) || isClosed) return
    const cancel = clock.after(sectionEveryMs, () => {
      timers.delete(section)
      try {
        send(section)
      } catch (error) {
        deps.onError(error)
      }
    })
    timers.set(section, cancel)
  }

  const stopDesk = desk.onChange(changed)
  readBench().catch(deps.onError)
  readConnections().catch(deps.onError)

  return {
    sectionsFor: (operator) => [
      { section: 'session', value: { operator, ...deps.session } },
      items(),
      changes(),
      queue(),
      drift(),
      ...(bench ? [{ section: 'bench' as const, value: bench }] : []),
      connections(),
      spend(),
      routing(),
      memory(),
      others(),
      facts(),
      conversations(),
    ],
    changed,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    connections: connectionsNow,
    async checkConnections() {
      await readConnections()
      return connectionsNow().length
    },
    close() {
      isClosed = true
      stopDesk()
      for (const cancel of timers.values()) cancel()
      timers.clear()
    },
  }
}

/** An answer that comes after the answer to a later question is old. */
function newestFirst<Value>(read: () => Promise<Value>, show: (value: Value) => void): () => Promise<void> {
  let asked = 0
  let shown = 0
  return async () => {
    asked += 1
    const mine = asked
    const value = await read()
    if (mine < shown) return
    shown = mine
    show(value)
  }
}
