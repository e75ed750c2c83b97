import { ulid } from 'ulid'
import type { Clock } from '../../serving/clock.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { DeviceRegistry } from '../bench/registry.ts'
import { type SerialPlace, serialLine, serialPlaces } from '../bench/serial-places.ts'
import { DeviceError } from '../device-error.ts'
import type { ByteChannel } from '../transports/byte-channel.ts'
import type { JudgedFrame } from './judge-frame.ts'
import { listenToTester, type TesterLine, type TesterState } from './listen-to-tester.ts'
import type { TesterProfile } from './tester-profile.ts'
import type { Wiring } from './wiremap.ts'

/** A tester that HWLab listens to; one whose line ended stays until somebody dismisses it. */
export interface ListenedTester extends SerialPlace {
  id: string
  profile: TesterProfile
  wiring: Wiring
  /** F/UTP, S/FTP and the like. */
  shieldExpected: boolean
  operator: string
  state: TesterState | { kind: 'ended'; words: string }
}

export interface TesterLines {
  testers(): ListenedTester[]
  listen(
    wish: Pick<ListenedTester, 'place' | 'profile' | 'wiring' | 'shieldExpected' | 'operator'>,
  ): Promise<{ kind: 'listening'; id: string } | Refusal>
  again(id: string): Promise<{ kind: 'ok' } | Refusal>
  stop(id: string): Promise<{ kind: 'ok' }>
  close(): Promise<void>
}

export interface TesterLinesDeps {
  registry: DeviceRegistry
  clock: Clock
  changed(): void
  onFault(cause: unknown): void
  measured(tester: ListenedTester, frame: JudgedFrame, raw: Uint8Array): void
}

interface Open {
  tester: ListenedTester
  channel: ByteChannel
  line: TesterLine
  ended: Promise<void>
}

const unplugged = 'The tester was unplugged. Plug it in, then start again.'

/** Testers on serial lines, each held until somebody stops it or it is unplugged. */
export function openTesterLines(deps: TesterLinesDeps): TesterLines {
  const { registry, clock, changed } = deps
  const open = new Map<string, Open>()

  async function untilEnd({ tester, line, channel }: Omit<Open, 'ended'>): Promise<void> {
    let words = unplugged
    try {
      await line.listen()
    } catch (error) {
      if (error instanceof DeviceError) words = error.message
      else deps.onFault(error)
    }
    await channel.close().catch(() => {})
    tester.state = { kind: 'ended', words }
    if (open.has(tester.id)) changed()
  }
  async function start(tester: ListenedTester): Promise<Open> {
    const { place, profile, operator } = tester
    const settings = { baudRate: profile.baudRate }
    const purpose = `cable tests of ${operator}`
    const channel = await serialLine(registry, { place, settings, purpose }, clock).open()
    const line = listenToTester({
      ...{ channel, profile },
      changed(state) {
        tester.state = state
        changed()
      },
      settled: (frame, raw) => deps.measured(tester, frame, raw),
    })
    try {
      await line.test()
    } catch (error) {
      await channel.close()
      throw error
    }
    return { tester, channel, line, ended: untilEnd({ tester, line, channel }) }
  }

  return {
    testers: () => [...open.values()].map(({ tester }) => tester),
    async listen(wish) {
      const found = serialPlaces(registry.devices()).find(({ place }) => place === wish.place)
      if (!found) return refused('No such serial port is plugged in. Plug the tester in, then try again.')
      const id = ulid(clock.nowMs())
      try {
        const started = await start({ ...found, ...wish, id, state: { kind: 'waiting', words: 'Opening…' } })
        for (const { tester } of open.values()) if (tester.place === wish.place) open.delete(tester.id)
        open.set(id, started)
      } catch (error) {
        return refusedBy(error)
      }
      changed()
      return { kind: 'listening', id }
    },
    async again(id) {
      const found = open.get(id)
      if (!found || found.tester.state.kind === 'ended')
        return refused('HWLab does not listen to this tester any more. Start again.')
      try {
        await found.line.test()
        return { kind: 'ok' }
      } catch (error) {
        return refusedBy(error)
      }
    },
    async stop(id) {
      const found = open.get(id)
      open.delete(id)
      await found?.channel.close()
      await found?.ended
      changed()
      return { kind: 'ok' }
    },
    async close() {
      const all = [...open.values()]
      open.clear()
      await Promise.all(all.map(({ channel }) => channel.close()))
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

/** Throws what is not a device's doing: that is a bug. */
function refusedBy(error: unknown): Refusal {
  if (error instanceof DeviceError) return refused(error.message)
  throw error
}
