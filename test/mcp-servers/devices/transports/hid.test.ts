import { expect, test } from 'vitest'
import { openSimulatedMeter } from '../../../../mcp-servers/devices/simulated/simulated-meter.ts'
import { hidTransport } from '../../../../mcp-servers/devices/transports/hid.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { letRun } from '../../../support/let-run.ts'
import { reportChannelContract } from '../../../support/report-channel-contract.ts'

const report = (code: number) => Uint8Array.from({ length: 64 }, (_, at) => [0xaa, code][at] ?? 0)

reportChannelContract('memory', async () => {
  const clock = new FakeClock()
  const meter = openSimulatedMeter(clock)
  return {
    transport: meter.transport,
    start: [report(0x81), report(0x82), report(0x82)],
    wait: (forMs) => letRun(clock, forMs),
    unplug: meter.unplug,
  }
})

test('a HID device that is not there any more is told so by the real driver', async () => {
  const transport = hidTransport('a meter', async () => '/dev/hidraw99', systemClock)
  await expect(transport.open()).rejects.toMatchObject({
    kind: 'not-found',
    message: 'The device is not there any more. Plug it in again.',
  })
})
