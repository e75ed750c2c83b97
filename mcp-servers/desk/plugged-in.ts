import type { DevicesServer } from '../devices/main.ts'
import type { NetboxServer } from '../netbox/main.ts'
import { type Refusal, refused } from '../serving/tool.ts'

/** What a signed-in person may do with a device that is plugged in, whatever it is. */
export function pluggedInDesk({ saidOfItself }: DevicesServer, { intake }: NetboxServer) {
  return {
    async 'device-intake'(
      { key }: { key: string },
      operator: string,
    ): Promise<{ kind: 'ok'; value: { itemIds: string[] } } | Refusal> {
      const said = saidOfItself(key)
      if (!said) return refused('This device is not plugged in any more. Plug it in again.')
      const { simulated, ...words } = said
      const started = intake.startFromDevice({
        identity: { source: 'its USB descriptor', ...words, hostname: null },
        ...{ simulated, operator, itemId: null },
      })
      return started.kind === 'refused' ? started : { kind: 'ok', value: { itemIds: [started.itemId] } }
    },
  }
}
