import type { IdentifiedDevice } from '../bench/identity.ts'

const printerClass = 7

/**
 * Asks each printer that no driver of the system holds what it speaks: the system knows the device id only of those that
 * `usblp` has, and many systems with CUPS leave that driver out. `ask` says null for one that cannot be asked.
 */
export async function askedOverUsb(
  devices: readonly IdentifiedDevice[],
  ask: (key: string) => Promise<string | null>,
): Promise<IdentifiedDevice[]> {
  const asked: IdentifiedDevice[] = []
  for (const device of devices) {
    const { classes, nodes, printerId, key } = device
    const isBare = classes.includes(printerClass) && printerId === null && nodes.length === 0
    asked.push(isBare ? { ...device, printerId: await ask(key) } : device)
  }
  return asked
}
