import { z } from 'zod'
import { type GatedTool, refused } from '../../serving/tool.ts'
import { typingPlan } from '../consoles/typing-plan.ts'
import type { DevicesDomain } from '../domain.ts'

const input = z.object({
  text: z.string().min(1).max(2000).describe('Exactly what to type, with line ends'),
  place: z.string().max(200).optional(),
})

const usualBaudRate = 9600

export default {
  name: 'type_into_console',
  title: 'Type into a console',
  description:
    'Asks a person to have lines typed into a serial console. Nothing is typed before that person agrees.',
  tier: 'physical',
  input,
  openWorld: false,
  timeLimitMs: 10_000,
  async plan({ text, place }, domain) {
    const places = domain.consolePlaces()
    const found =
      place === undefined && places.length === 1 ? places[0] : places.find((one) => one.place === place)
    if (!found)
      return refused(
        places.length > 1
          ? 'Several serial ports are plugged in. Say which by its key.'
          : 'No such serial port is plugged in.',
      )
    const payload = { text, place: found.place, baudRate: found.lastRate ?? usualBaudRate }
    return { kind: 'plan', plan: typingPlan(payload, found.name, found.simulated) }
  },
} satisfies GatedTool<DevicesDomain, typeof input>
