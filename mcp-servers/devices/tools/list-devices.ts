import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const mostDevices = 40

const input = z.object({})
const output = z.object({
  devices: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.string(),
      ids: z.string(),
      state: z.string(),
      simulated: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
  more: z.number(),
  note: z.string().nullable(),
})

export default {
  name: 'list_devices',
  title: 'List plugged-in devices',
  description:
    'What is plugged in at the bench, each with a stable key. When nothing can be listed, note says why.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 10_000,
  async run(_args, domain) {
    const { devices, note } = await domain.listBench()
    const shown = devices
      .slice(0, mostDevices)
      .map(({ stateWords, tone: _tone, ...device }) => ({ ...device, state: stateWords }))
    const more = Math.max(0, devices.length - mostDevices)
    return { kind: 'answer', output: { devices: shown, more, note } }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
