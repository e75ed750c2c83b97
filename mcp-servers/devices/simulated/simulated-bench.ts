import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { DeviceRegistry } from '../bench/registry.ts'
import { simulatedDescriptor } from '../bench/simulated-device.ts'
import type { MeterClock } from '../meters/meter-clock.ts'
import type { SimulatedKind, StartedDevice } from './simulated-kind.ts'
import type { StandingDevice, StandingSwitch } from './switchboard.ts'

export interface SimulatedView extends Pick<SimulatedKind, 'id' | 'name' | 'kind'> {
  plugged: boolean
  /** Whether it can be plugged in somewhere else. */
  movable: boolean
  switches: StandingSwitch[]
}

/** Devices that are programs, which a person plugs in and out to try HWLab without hardware. */
export interface SimulatedBench {
  views(): SimulatedView[]
  plug(id: string, plugged: boolean): Promise<Outcome>
  /** Pulls it out and plugs it in at another port, its switches as they stand. */
  move(id: string): Promise<Outcome>
  turn(id: string, switchId: string, position: string): Outcome
  close(): Promise<void>
}

type Outcome = { kind: 'ok' } | Refusal

interface Plugged {
  device: StartedDevice
  /** By switch; one that was never turned stands at its first position. */
  positions: Map<string, string>
}

const notThere = refused('There is no such simulated device. Reload the page.')
const notPlugged = refused('This simulated device is not plugged in. Plug it in first.')

/** `standing` are those that are there without being plugged in. */
export async function openSimulatedBench(
  registry: DeviceRegistry,
  clock: MeterClock,
  changed: () => void,
  standing: () => StandingDevice[] = () => [],
): Promise<SimulatedBench> {
  const kinds = await loadFolder(join(import.meta.dirname, 'kinds'), isKind)
  const started = new Map<string, Plugged>()
  let ports = 0
  let last: Promise<unknown> = Promise.resolve()

  /** Two pages may ask at once: what is half plugged in is not there yet. */
  function inTurn(work: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = last.then(work)
    last = outcome.catch(() => {})
    return outcome
  }

  async function pull(id: string): Promise<void> {
    const plugged = started.get(id)
    started.delete(id)
    registry.unplug(`simulated:${id}`)
    await plugged?.device.stop()
    await registry.rescan()
  }
  async function plugIn(kind: SimulatedKind, positions: Plugged['positions']): Promise<Outcome> {
    const device = await kind.start(clock)
    if (device.kind === 'not-possible') return refused(device.why)
    for (const [switchId, position] of positions) device.turn(switchId, position)
    started.set(kind.id, { device, positions })
    ports += 1
    const descriptor = { ...simulatedDescriptor(kind.id, kind.name), topology: `${kind.id}-${ports}` }
    registry.plugIn({ descriptor, name: kind.name, kind: kind.kind, line: device.line })
    await registry.rescan()
    return { kind: 'ok' }
  }
  async function plugStanding(id: string, plugged: boolean): Promise<Outcome> {
    const device = standing().find((one) => one.id === id)
    if (!device) return notThere
    await device.plug(plugged)
    changed()
    return { kind: 'ok' }
  }

  const views = () => [
    ...kinds.map((kind) => viewOf(kind, started.get(kind.id) ?? null)),
    ...standing().map(standingView),
  ]

  return {
    views,
    plug: (id, plugged) =>
      inTurn(async () => {
        const kind = kinds.find((one) => one.id === id)
        if (!kind) return plugStanding(id, plugged)
        if (plugged === started.has(id)) return { kind: 'ok' }
        if (plugged) return plugIn(kind, new Map())
        await pull(id)
        return { kind: 'ok' }
      }),
    move: (id) =>
      inTurn(async () => {
        const kind = kinds.find((one) => one.id === id)
        const plugged = started.get(id)
        if (!kind) return notThere
        if (!plugged) return notPlugged
        await pull(id)
        return plugIn(kind, plugged.positions)
      }),
    turn(id, switchId, position) {
      const view = views().find((one) => one.id === id)
      const turned = view?.switches.find((one) => one.id === switchId)
      if (!turned?.positions.some((one) => one.id === position)) return notThere
      const plugged = started.get(id)
      const always = standing().find((one) => one.id === id)
      if (!plugged && !always) return notPlugged
      plugged?.positions.set(switchId, position)
      plugged?.device.turn(switchId, position)
      always?.turn(switchId, position)
      changed()
      return { kind: 'ok' }
    },
    async close() {
      await last
      await Promise.all([...started.values()].map(({ device }) => device.stop()))
      started.clear()
    },
  }
}

function viewOf({ id, name, kind, switches }: SimulatedKind, plugged: Plugged | null): SimulatedView {
  return {
    ...{ id, name, kind, plugged: plugged !== null, movable: plugged !== null },
    switches: switches.map((one) => ({
      ...one,
      position: plugged?.positions.get(one.id) ?? one.positions[0]?.id ?? '',
    })),
  }
}

function standingView(device: StandingDevice): SimulatedView {
  const { id, name, kind } = device
  return { id, name, kind, plugged: device.isPlugged(), movable: false, switches: device.switches() }
}

function isKind(candidate: unknown, stem: string): candidate is SimulatedKind {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'id' in candidate &&
    candidate.id === stem &&
    'switches' in candidate &&
    'start' in candidate
  )
}
