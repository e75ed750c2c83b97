import { ulid } from 'ulid'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { DeviceRegistry } from '../bench/registry.ts'
import { type SerialPlace, serialLine, serialPlaces } from '../bench/serial-places.ts'
import { DeviceError } from '../device-error.ts'
import { usualRates } from './find-baud.ts'
import { heldLine } from './held-line.ts'
import { identifyConsole } from './identify-console.ts'
import type { ConsoleLogin } from './keyboard.ts'
import { outcomeWords } from './outcome-words.ts'
import { loadDialects } from './recognise.ts'
import { type ConsoleSession, type ListedSession, openSessionsTable } from './sessions-table.ts'
import { openTerminals, type Terminals } from './terminals.ts'

export interface ConsolePlace extends SerialPlace {
  /** What HWLab uses it for now, or null. */
  usedFor: string | null
  /** The speed at which it last answered, or null. */
  lastRate: number | null
}

/** Serial ports that may lead to a console: looks by HWLab, terminals by hand, and what came of both. */
export interface Consoles
  extends Pick<Terminals, 'openTerminal' | 'type' | 'setBaudRate' | 'sendBreak' | 'closeTerminal'> {
  places(): ConsolePlace[]
  /** Asks who is there without changing anything; `done` may take a minute. null: the only port. */
  look(
    place: string | null,
    by: { operator: string; login: ConsoleLogin | null },
  ): Promise<{ kind: 'looking'; id: string; done: Promise<ConsoleSession> } | Refusal>
  /** Newest first, without their transcripts. */
  sessions(): ListedSession[]
  session(id: string): ConsoleSession | null
  attach(id: string, itemId: string | null): { kind: 'ok' } | Refusal
  remove(id: string): { kind: 'ok' } | Refusal
  /** Ends the terminals. */
  close(): Promise<void>
  /** Resolves when no look goes on; one ends at once when its line is closed. */
  settled(): Promise<void>
}

export interface ConsolesDeps {
  registry: DeviceRegistry
  database: LabDatabase
  clock: Clock
  readOnly: boolean
  changed(): void
  /** Who typed where, for the audit. */
  audit(entry: { who: string; what: string; about: string; details: unknown }): void
}

const sessionsShown = 30
const stillLoggedIn = 'HWLab is still logged in there: log out by hand in the terminal.'
const gone = 'This console session is not there any more.'

export async function openConsoles(deps: ConsolesDeps): Promise<Consoles> {
  const { registry, clock } = deps
  const table = openSessionsTable(deps.database)
  const dialects = await loadDialects()
  const terminals = openTerminals({ ...deps, table, findPlace })
  const looking = new Set<Promise<ConsoleSession>>()

  function findPlace(wanted: string | null): SerialPlace | Refusal {
    const places = serialPlaces(registry.devices())
    if (wanted === null && places.length > 1)
      return refused('Several serial ports are plugged in. Say which by its key.')
    const found = wanted === null ? places[0] : places.find(({ place }) => place === wanted)
    return found ?? refused('No such serial port is plugged in. Plug the console cable in, then try again.')
  }

  /** Always ends, with a sentence. */
  async function finish(look: {
    line: ReturnType<typeof heldLine>
    session: ConsoleSession
    login: ConsoleLogin | null
  }): Promise<ConsoleSession> {
    const { line, session, login } = look
    const ended = await identifyConsole({ line, dialects, clock, login }).then(
      ({ outcome, rate, leftLoggedIn, transcript }) => ({
        ...{ ...session, baudRate: rate, outcome, transcript },
        words: leftLoggedIn ? `${outcomeWords(outcome)} ${stillLoggedIn}` : outcomeWords(outcome),
      }),
      (error: unknown) => ({ ...session, words: refusedBy(error).why }),
    )
    await line.close().catch(() => {})
    const endedAtMs = clock.nowMs()
    table.end(ended, endedAtMs)
    deps.changed()
    return { ...ended, endedAtMs }
  }

  return {
    places: () =>
      serialPlaces(registry.devices()).map((place) => ({
        ...place,
        usedFor: registry.usedFor(place.place),
        lastRate: table.lastRate(place.place),
      })),
    async look(wanted, { operator, login }) {
      const found = findPlace(wanted)
      if ('why' in found) return found
      const { place, name, simulated } = found
      const settings = { baudRate: table.lastRate(place) ?? usualRates[0] }
      const transport = serialLine(registry, { place, settings, purpose: 'looking at the console' }, clock)
      const line = heldLine(name, transport, table.lastRate(place))
      const session: ConsoleSession = {
        ...{ id: ulid(clock.nowMs()), kind: 'look', place, deviceName: name, simulated, operator },
        ...{ baudRate: null, itemId: null, outcome: null, words: 'Looking…', transcript: '' },
        ...{ startedAtMs: clock.nowMs(), endedAtMs: null },
      }
      try {
        await line.open(null)
      } catch (error) {
        return refusedBy(error)
      }
      table.insert(session)
      deps.changed()
      const done = finish({ line, session, login })
      looking.add(done)
      void done.finally(() => looking.delete(done))
      return { kind: 'looking', id: session.id, done }
    },
    sessions: () => table.recent(sessionsShown),
    session: table.find,
    attach: (id, itemId) => (table.attach(id, itemId) ? changedOk(deps) : refused(gone)),
    remove: (id) => (table.remove(id) ? changedOk(deps) : refused(gone)),
    ...terminals,
    close: terminals.close,
    async settled() {
      await Promise.all(looking)
    },
  }
}

/** Throws what is not a device's doing: that is a bug. */
function refusedBy(error: unknown): Refusal {
  if (error instanceof DeviceError) return refused(error.message)
  throw error
}

function changedOk({ changed }: ConsolesDeps): { kind: 'ok' } {
  changed()
  return { kind: 'ok' }
}
