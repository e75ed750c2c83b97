import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { DeviceRegistry } from '../bench/registry.ts'
import { simulatedDescriptor } from '../bench/simulated-device.ts'
import type { MeterClock } from '../meters/meter-clock.ts'
import type { SimulatedKind, SimulatedSwitch, StartedDevice } from './simulated-kind.ts'

export interface SimulatedView extends Pick<SimulatedKind, 'id' | 'name' | 'kind'> {
  plugged: boolean
  /** `position` is where it stands. */
  switches: (SimulatedSwitch & { position: string })[]
}

/** Devices that are programs, which a person plugs in and out to try HWLab without hardware. */
export interface SimulatedBench {
  views(): SimulatedView[]
  plug(id: string, plugged: boolean): Promise<{ kind: 'ok' } | Refusal>
  turn(id: string, switchId: string, position: string): { kind: 'ok' } | Refusal
  close(): Promise<void>
}

interface Plugged {
  device: StartedDevice
  /** By switch; one that was never turned stands at its first position. */
  positions: Map<string, string>
}

const notThere = refused('There is no such simulated device. Reload the page.')

export async function openSimulatedBench(
  registry: DeviceRegistry,
  clock: MeterClock,
  changed: () => void,
): Promise<SimulatedBench> {
  const kinds = await loadFolder(join(import.meta.dirname, 'kinds'), isKind)
  const started = new Map<string, Plugged>()

  async function pull(id: string): Promise<void> {
    const plugged = started.get(id)
    started.delete(id)
    registry.unplug(`simulated:${id}`)
    await plugged?.device.stop()
    await registry.rescan()
  }

  return {
    views: () =>
      kinds.map(({ id, name, kind, switches }) => ({
        ...{ id, name, kind, plugged: started.has(id) },
        switches: switches.map((one) => ({
          ...one,
          position: started.get(id)?.positions.get(one.id) ?? one.positions[0]?.id ?? '',
        })),
      })),
    async plug(id, plugged) {
      const kind = kinds.find((one) => one.id === id)
      if (!kind) return notThere
      if (plugged === started.has(id)) return { kind: 'ok' }
      if (!plugged) {
        await pull(id)
        return { kind: 'ok' }
      }
      const device = await kind.start(clock)
      if (device.kind === 'not-possible') return refused(device.why)
      started.set(id, { device, positions: new Map() })
      const { name, kind: sort } = kind
      registry.plugIn({ descriptor: simulatedDescriptor(id, name), name, kind: sort, line: device.line })
      await registry.rescan()
      return { kind: 'ok' }
    },
    turn(id, switchId, position) {
      const turned = kinds.find((one) => one.id === id)?.switches.find((one) => one.id === switchId)
      const plugged = started.get(id)
      if (!turned?.positions.some((one) => one.id === position)) return notThere
      if (!plugged) return refused('This simulated device is not plugged in. Plug it in first.')
      plugged.positions.set(switchId, position)
      plugged.device.turn(switchId, position)
      changed()
      return { kind: 'ok' }
    },
    async close() {
      await Promise.all([...started.values()].map(({ device }) => device.stop()))
      started.clear()
    },
  }
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
