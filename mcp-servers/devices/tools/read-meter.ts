import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const leastSeconds = 0.1
const mostSeconds = 30

const input = z.object({
  key: z.string().max(200).optional().describe('From list_devices'),
  seconds: z.number().default(1),
})
const output = z.object({ meter: z.string(), values: z.array(z.string()) })

const words = ['volts', 'amperes', 'watts', 'dPlusVolts', 'dMinusVolts'] as const
const names: Record<(typeof words)[number], string> = {
  volts: 'V',
  amperes: 'A',
  watts: 'W',
  dPlusVolts: 'V on D+',
  dMinusVolts: 'V on D−',
}

export default {
  name: 'read_meter',
  title: 'Read a USB power meter',
  description: 'Reads a USB power meter for some seconds: volts, amperes, watts, energy.',
  tier: 'read',
  input,
  output,
  openWorld: false,
  timeLimitMs: 40_000,
  async run({ key, seconds }, domain, call) {
    const forMs = Math.min(mostSeconds, Math.max(leastSeconds, seconds)) * 1000
    const read = await domain.readMeter(key ?? null, forMs, call.signal)
    if (read.kind === 'refused') return read
    const spans = words.map((word) => {
      const [least, mean, most] = read[word].map((value) => value.toFixed(4))
      return `${mean} ${names[word]} on average (${least} to ${most})`
    })
    const values = [
      ...spans,
      `${read.wattHours.toFixed(5)} Wh in ${read.seconds.toFixed(1)} s`,
      `${read.celsius.toFixed(1)} °C inside the meter`,
      ...(read.missingSeconds > 0
        ? [`${read.missingSeconds.toFixed(1)} s without samples, not counted`]
        : []),
    ]
    return {
      kind: 'answer',
      output: { meter: read.simulated ? `${read.name} (simulated)` : read.name, values },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
