import { openDeviceRegistry } from '../../mcp-servers/devices/bench/registry.ts'
import { simulatedDescriptor } from '../../mcp-servers/devices/bench/simulated-device.ts'
import { openMeters } from '../../mcp-servers/devices/meters/open-meters.ts'
import type { Reading } from '../../mcp-servers/devices/meters/packet.ts'
import { meterMigrations } from '../../mcp-servers/devices/meters/recordings/recordings-table.ts'
import { openSimulatedMeter } from '../../mcp-servers/devices/simulated/simulated-meter.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from './fake-clock.ts'
import { letRun } from './let-run.ts'
import { quietBench } from './quiet-bench.ts'

export const meterKey = 'simulated:meter'

/** A bench with one simulated meter on a clock of the test, and the real tables. */
export async function openMeterBench(power?: (atMs: number) => Reading, path = ':memory:') {
  const clock = new FakeClock()
  const meter = openSimulatedMeter(clock, power)
  const database = openDatabase(path, [meterMigrations])
  const registry = await openDeviceRegistry({
    ...quietBench,
    clock,
    enumerate: async () => ({ kind: 'listed', devices: [] }),
  })
  const device = {
    descriptor: simulatedDescriptor('meter', 'Meter'),
    name: 'Simulated meter',
    kind: 'USB power meter',
    line: { kind: 'hid' as const, transport: meter.transport },
  }
  const meters = openMeters({ registry, database, clock, changed() {}, onFault: quietBench.onFault })
  const plugIn = async () => {
    registry.plugIn(device)
    await registry.rescan()
  }
  await plugIn()
  return {
    clock,
    meter,
    meters,
    registry,
    database,
    plugIn,
    async unplug() {
      meter.unplug()
      registry.unplug(meterKey)
      await registry.rescan()
    },
    pass: (forMs: number, stepMs?: number) => letRun(clock, forMs, stepMs),
    async [Symbol.asyncDispose]() {
      const closed = meters.close()
      await letRun(clock, 8000)
      await closed
      await registry.close()
      database.close()
    },
  }
}
