import type { StandingDevice } from '../simulated/switchboard.ts'
import type { Printers } from './open-printers.ts'
import type { PrinterWatch } from './printer-watch.ts'

/** The simulated printers, to be switched; what one said before is forgotten then. */
export function switchedPrinters(
  printers: Pick<Printers, 'all'>,
  watch: Pick<PrinterWatch, 'forget'>,
): StandingDevice[] {
  return printers.all().flatMap(({ id, name, switchboard }) => {
    if (!switchboard) return []
    return {
      ...switchboard,
      ...{ id: `printer:${id}`, name, kind: 'Printer' },
      async plug(plugged: boolean) {
        await switchboard.plug(plugged)
        watch.forget(id)
      },
      turn(switchId: string, position: string) {
        switchboard.turn(switchId, position)
        watch.forget(id)
      },
    }
  })
}
