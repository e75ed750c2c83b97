import { ulid } from 'ulid'
import type { Clock } from '../../serving/clock.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { DeviceRegistry } from '../bench/registry.ts'
import { type SerialPlace, serialLine } from '../bench/serial-places.ts'
import { DeviceError } from '../device-error.ts'
import type { SerialChannel } from '../transports/serial.ts'
import type { ConsoleSession, SessionsTable } from './sessions-table.ts'
import { withoutSecrets } from './without-secrets.ts'

/** A console that a person drives by hand. Only a signed-in person reaches it; no tool does. */
export interface Terminals {
  openTerminal(wish: TerminalWish): Promise<{ kind: 'open'; id: string } | Refusal>
  type(id: string, bytes: Uint8Array): Promise<{ kind: 'ok' } | Refusal>
  setBaudRate(id: string, baudRate: number): Promise<{ kind: 'ok' } | Refusal>
  /** The Break key: on many devices it stops a boot or opens the boot loader. */
  sendBreak(id: string): Promise<{ kind: 'ok' } | Refusal>
  closeTerminal(id: string): Promise<void>
  close(): Promise<void>
}

export interface TerminalWish {
  place: string
  baudRate: number
  operator: string
  onBytes(bytes: Uint8Array): void
  /** Unplugged, or closed by HWLab: why, in words. */
  onEnd(words: string): void
}

export interface TerminalsDeps {
  registry: DeviceRegistry
  clock: Clock
  table: SessionsTable
  readOnly: boolean
  findPlace(place: string): SerialPlace | Refusal
  changed(): void
  audit(entry: { who: string; what: string; about: string; details: unknown }): void
}

interface OpenTerminal {
  session: ConsoleSession
  channel: SerialChannel
  heard: Uint8Array[]
  heardBytes: number
  isEnded: boolean
}

/** Kept of a session; what comes later is shown but not kept, and the transcript says so. */
const keptBytes = 2_000_000
const readWithinMs = 60_000
const closed = 'This terminal is closed. Open it again.'
const readOnlyWords = 'HWLab is in read-only mode: you can watch this console, not type into it.'

export function openTerminals(deps: TerminalsDeps): Terminals {
  const { registry, clock, table } = deps
  const terminals = new Map<string, OpenTerminal>()

  async function pump(terminal: OpenTerminal, wish: TerminalWish): Promise<void> {
    while (!terminal.isEnded) {
      const got = await terminal.channel.read(readWithinMs)
      if (got.kind === 'closed') return end(terminal, 'The console was unplugged.', wish)
      if (got.kind === 'silent') continue
      if (terminal.heardBytes < keptBytes) terminal.heard.push(got.bytes)
      terminal.heardBytes += got.bytes.length
      wish.onBytes(got.bytes)
    }
  }

  async function end(terminal: OpenTerminal, words: string, wish: TerminalWish | null): Promise<void> {
    if (terminal.isEnded) return
    terminal.isEnded = true
    terminals.delete(terminal.session.id)
    await terminal.channel.close().catch(() => {})
    const { session, heard, heardBytes } = terminal
    const kept = withoutSecrets(Buffer.concat(heard), null)
    const cut = heardBytes > keptBytes ? `${kept}\n[${heardBytes} bytes came; the rest is not kept]` : kept
    table.end({ ...session, words, transcript: cut }, clock.nowMs())
    deps.audit({
      who: `operator:${session.operator}`,
      what: 'closed a terminal',
      about: session.id,
      details: { words },
    })
    wish?.onEnd(words)
    deps.changed()
  }

  async function act(
    id: string,
    action: (channel: SerialChannel) => Promise<void>,
  ): Promise<{ kind: 'ok' } | Refusal> {
    const terminal = terminals.get(id)
    if (!terminal) return refused(closed)
    try {
      await action(terminal.channel)
      return { kind: 'ok' }
    } catch (error) {
      if (error instanceof DeviceError) return refused(error.message)
      throw error
    }
  }

  return {
    async openTerminal(wish) {
      const found = deps.findPlace(wish.place)
      if ('why' in found) return found
      const { place, name, simulated } = found
      const purpose = `a terminal of ${wish.operator}`
      const transport = serialLine(registry, { place, settings: { baudRate: wish.baudRate }, purpose }, clock)
      try {
        const session: ConsoleSession = {
          ...{ id: ulid(clock.nowMs()), kind: 'terminal', place, deviceName: name, simulated },
          ...{ baudRate: wish.baudRate, operator: wish.operator, itemId: null, outcome: null },
          ...{ words: 'Open', transcript: '', startedAtMs: clock.nowMs(), endedAtMs: null },
        }
        const channel = await transport.open()
        const terminal: OpenTerminal = { session, channel, heard: [], heardBytes: 0, isEnded: false }
        table.insert(session)
        deps.audit({
          ...{ who: `operator:${wish.operator}`, what: 'opened a terminal', about: session.id },
          details: { place, baudRate: wish.baudRate },
        })
        terminals.set(session.id, terminal)
        pump(terminal, wish).catch((error: unknown) =>
          end(terminal, error instanceof DeviceError ? error.message : 'The console line failed.', wish),
        )
        deps.changed()
        return { kind: 'open', id: session.id }
      } catch (error) {
        if (error instanceof DeviceError) return refused(error.message)
        throw error
      }
    },
    type: async (id, bytes) =>
      deps.readOnly ? refused(readOnlyWords) : act(id, (channel) => channel.write(bytes)),
    setBaudRate: (id, baudRate) => act(id, (channel) => channel.setBaudRate(baudRate)),
    async sendBreak(id) {
      if (deps.readOnly) return refused(readOnlyWords)
      const session = terminals.get(id)?.session
      if (session)
        deps.audit({
          who: `operator:${session.operator}`,
          what: 'sent a break',
          about: id,
          details: { place: session.place },
        })
      return act(id, (channel) => channel.sendBreak())
    },
    async closeTerminal(id) {
      const terminal = terminals.get(id)
      if (terminal) await end(terminal, 'Closed by hand.', null)
    },
    async close() {
      await Promise.all([...terminals.values()].map((terminal) => end(terminal, 'HWLab ended.', null)))
    },
  }
}
