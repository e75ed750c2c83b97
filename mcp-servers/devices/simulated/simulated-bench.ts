import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { DeviceRegistry } from '../bench/registry.ts'
import { simulatedDescriptor } from '../bench/simulated-device.ts'
import type { MeterClock } from '../meters/meter-clock.ts'
import type { SimulatedKind, StartedDevice } from './simulated-kind.ts'

/** Devices that are programs, which a person plugs in and out to try HWLab without hardware. */
export interface SimulatedBench {
  views(): { id: string; name: string; kind: string; plugged: boolean }[]
  plug(id: string, plugged: boolean): Promise<{ kind: 'ok' } | Refusal>
  close(): Promise<void>
}

export async function openSimulatedBench(
  registry: DeviceRegistry,
  clock: MeterClock,
): Promise<SimulatedBench> {
  const kinds = await loadFolder(join(import.meta.dirname, 'kinds'), isKind)
  const started = new Map<string, StartedDevice>()

  async function pull(id: string): Promise<void> {
    const device = started.get(id)
    started.delete(id)
    registry.unplug(`simulated:${id}`)
    await device?.stop()
    await registry.rescan()
  }

  return {
    views: () => kinds.map(({ id, name, kind }) => ({ id, name, kind, plugged: started.has(id) })),
    async plug(id, plugged) {
      const kind = kinds.find((one) => one.id === id)
      if (!kind) return refused('There is no such simulated device. Reload the page.')
      if (plugged === started.has(id)) return { kind: 'ok' }
      if (!plugged) {
        await pull(id)
        return { kind: 'ok' }
      }
      const device = await kind.start(clock)
      if (device.kind === 'not-possible') return refused(device.why)
      started.set(id, device)
      const { name, kind: sort } = kind
      registry.plugIn({ descriptor: simulatedDescriptor(id, name), name, kind: sort, line: device.line })
      await registry.rescan()
      return { kind: 'ok' }
    },
    async close() {
      await Promise.all([...started.values()].map((device) => device.stop()))
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
    'start' in candidate
  )
}
