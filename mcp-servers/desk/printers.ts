import type { DevicesServer } from '../devices/main.ts'
import type { Refusal } from '../serving/tool.ts'

/** What a signed-in person may say of a printer. */
export function printersDesk(devices: DevicesServer) {
  return {
    async 'printer-media'(choice: {
      printerId: string
      mediaId: string
    }): Promise<{ kind: 'ok'; value: { printerId: string } } | Refusal> {
      const outcome = await devices.chooseMedia(choice.printerId, choice.mediaId)
      return outcome.kind === 'refused' ? outcome : { kind: 'ok', value: { printerId: choice.printerId } }
    },
  }
}
