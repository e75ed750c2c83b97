import type { ConsoleFacts } from '../devices/consoles/console-facts.ts'
import type { ConsoleLogin } from '../devices/consoles/keyboard.ts'
import type { ListedSession } from '../devices/consoles/sessions-table.ts'
import type { DevicesServer } from '../devices/main.ts'
import type { NetboxServer } from '../netbox/main.ts'
import { type Refusal, refused } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

const gone = 'This console session is not there any more.'

/** What a signed-in person may do with consoles. Typing by hand is only here: no tool reaches it. */
export function consolesDesk({ consoles }: DevicesServer, { intake }: NetboxServer) {
  return {
    async 'console-look'(
      { place, login }: { place: string; login: ConsoleLogin | null },
      operator: string,
    ): Answer<{ sessionId: string }> {
      const looking = await consoles.look(place, { operator, login })
      return looking.kind === 'refused' ? looking : { kind: 'ok', value: { sessionId: looking.id } }
    },
    async 'console-transcript'({ sessionId }: { sessionId: string }): Answer<{ transcript: string }> {
      const session = consoles.session(sessionId)
      return session ? { kind: 'ok', value: { transcript: session.transcript } } : refused(gone)
    },
    async 'console-attach'({
      sessionId,
      itemId,
    }: {
      sessionId: string
      itemId: string | null
    }): Answer<{ sessionId: string }> {
      if (itemId !== null && !intake.card(itemId))
        return refused('This item is not in the tray any more. Choose another one.')
      return answered(consoles.attach(sessionId, itemId), { sessionId })
    },
    async 'console-delete'({ sessionId }: { sessionId: string }): Answer<{ sessionId: string }> {
      return answered(consoles.remove(sessionId), { sessionId })
    },
    async 'console-intake'(
      { sessionId }: { sessionId: string },
      operator: string,
    ): Answer<{ itemIds: string[] }> {
      const session = consoles.session(sessionId)
      if (!session) return refused(gone)
      if (session.outcome?.kind !== 'identified')
        return refused('This look did not identify a device. Ask again, or photograph the label.')
      const { manufacturer, facts } = session.outcome
      if (facts.isVirtual) return refused('This is a virtual machine: there is no hardware to record.')
      const isStack = facts.chassis.length > 1
      const started = facts.chassis.map(({ model, serial }) =>
        intake.startFromDevice({
          identity: {
            source: 'its console',
            // Which of its words name the maker is the dialect’s knowledge: the answer that holds the model shows it.
            manufacturer: model && { value: manufacturer, quote: quoteOf(model) },
            model: said(model),
            serial: said(serial),
            hostname: isStack ? null : said(facts.hostname),
          },
          itemId: isStack ? null : session.itemId,
          ...{ operator, simulated: session.simulated },
        }),
      )
      const itemIds = started.flatMap((one) => (one.kind === 'started' ? [one.itemId] : []))
      const [first] = itemIds
      const refusal = started.find((one) => one.kind === 'refused')
      if (first === undefined) return refusal ?? refused('This device said nothing of itself.')
      consoles.attach(sessionId, first)
      return { kind: 'ok', value: { itemIds } }
    },
    terminals: {
      open: consoles.openTerminal,
      type: consoles.type,
      setBaudRate: consoles.setBaudRate,
      sendBreak: consoles.sendBreak,
      close: consoles.closeTerminal,
    },
  }
}

interface InAnswer {
  value: string
  command: string
}

function said(found: InAnswer | null): { value: string; quote: string } | null {
  return found && { value: found.value, quote: quoteOf(found) }
}

function quoteOf({ value, command }: InAnswer): string {
  return `${command}: ${value}`
}

/** Shaped as the bench panel shows them. */
export function consoleViews({ consoles }: DevicesServer) {
  return {
    consolePlaces: consoles
      .places()
      .map(({ place, name, simulated, usedFor }) => ({ place, name, simulated, usedFor })),
    consoleSessions: consoles.sessions().map(sessionView),
  }
}

function sessionView(session: ListedSession) {
  const { id, kind, place, deviceName, simulated, baudRate, operator, itemId, words, outcome } = session
  const facts = outcome?.kind === 'identified' ? factsView(outcome) : null
  return {
    ...{ id, kind, place, deviceName, simulated, baudRate, operator, itemId, words, facts },
    outcome: outcome?.kind ?? null,
    startedAt: new Date(session.startedAtMs).toISOString(),
    endedAt: session.endedAtMs === null ? null : new Date(session.endedAtMs).toISOString(),
  }
}

function factsView({
  manufacturer,
  platform,
  facts,
}: {
  manufacturer: string
  platform: string
  facts: ConsoleFacts
}) {
  return {
    ...{ manufacturer, platform, isVirtual: facts.isVirtual },
    hostname: facts.hostname?.value ?? null,
    version: facts.version?.value ?? null,
    chassis: facts.chassis.map(({ slot, model, serial }) => ({
      slot,
      model: model?.value ?? null,
      serial: serial?.value ?? null,
      saidBy: serial?.command ?? model?.command ?? null,
    })),
    modules: facts.modules.map(({ name, description, model, serial }) => ({
      ...{ name, description, model: model.value, serial: serial?.value ?? null },
    })),
  }
}

function answered<Value>(
  outcome: { kind: 'ok' } | Refusal,
  value: Value,
): { kind: 'ok'; value: Value } | Refusal {
  return outcome.kind === 'refused' ? outcome : { kind: 'ok', value }
}
