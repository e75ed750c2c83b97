import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const mostModules = 20

const input = z.object({ place: z.string().max(200).optional().describe('From list_devices') })
const output = z.object({
  words: z.string(),
  session_id: z.string(),
  facts: z.array(z.string()),
})

export default {
  name: 'identify_console',
  title: 'Ask a console who is there',
  description:
    'Asks the device on a serial console for make, model and serial number; changes nothing, answers no dialog.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 120_000,
  async run({ place }, domain, call) {
    const looking = await domain.lookAtConsole(place ?? null, call.client)
    if (looking.kind === 'refused') return looking
    const session = await looking.done
    const facts = session.outcome?.kind === 'identified' ? session.outcome.facts : null
    const chassis = facts?.chassis ?? []
    return {
      kind: 'answer',
      output: {
        words: session.simulated ? `Simulated: ${session.words}` : session.words,
        session_id: session.id,
        facts: [
          ...chassis.map(({ slot, model, serial }) =>
            [
              slot === null ? 'device' : `member ${slot}`,
              model?.value ?? '?',
              serial?.value ?? 'no serial',
            ].join(' '),
          ),
          ...(facts?.version ? [`version ${facts.version.value}`] : []),
          ...(facts?.hostname ? [`host name ${facts.hostname.value}`] : []),
          ...(facts?.modules ?? [])
            .slice(0, mostModules)
            .map(({ name, model, serial }) => [name, model.value, serial?.value].filter(Boolean).join(' ')),
        ],
      },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
