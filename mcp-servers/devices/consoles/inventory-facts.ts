import { type ConsoleChassis, type ConsoleModule, said } from './console-facts.ts'
import { chassisRows, type InventoryRow } from './inventory-rows.ts'
import type { ReadOnlyCommand } from './read-only-commands.ts'

const virtualModel =
  /^(?:IOSv|vIOS|CSR1000V|C8000V|ISRV|N9K-C9[35]00v|N7K-VSIM|IOS-?XRv|R-IOSXRV|ASAv|vEOS|cEOS|VMX|vSRX|VSRX|CHR)/i

export function isVirtualModel(model: string | null): boolean {
  return model !== null && virtualModel.test(model)
}

/** The chassis of `show inventory`; several only when they number themselves as stack members. */
export function chassisOf(rows: readonly InventoryRow[], command: ReadOnlyCommand): ConsoleChassis[] {
  const found = chassisRows(rows).filter((row) => row.productId !== null || row.serial !== null)
  return found.map((row) => ({
    slot: found.length > 1 ? (/(\d+)/.exec(row.name)?.[1] ?? row.name) : null,
    model: said(row.productId, command),
    serial: said(row.serial, command),
  }))
}

/** Everything else in `show inventory` that has an orderable name. */
export function modulesOf(rows: readonly InventoryRow[], command: ReadOnlyCommand): ConsoleModule[] {
  const chassis = chassisRows(rows)
  return rows
    .filter((row) => !chassis.includes(row))
    .flatMap((row) => {
      const model = said(row.productId, command)
      const { name, description } = row
      return model ? [{ name, description, model, serial: said(row.serial, command) }] : []
    })
}
