import type { Inventory, Probe } from './client/inventory.ts'
import { countText } from './count-text.ts'
import { backupWords } from './move/keep-as-backup.ts'

/** One line of "what is connected". */
export interface ConnectionCard {
  name: string
  stateWords: string
  tone: 'good' | 'working' | 'bad' | 'muted'
  /** What is missing and how to get it; null when all is well. */
  fix: string | null
  /** What HWLab needs there can be looked at and added. */
  offersSetUp?: true
}

/** `left`: records that are only in HWLab's own inventory; `movedTo`: where all of it was moved, if it was. */
export function inventoryConnection(
  inventory: Inventory,
  probe: Probe,
  own: { left: number; movedTo: string | null },
): ConnectionCard {
  if (inventory.kind === 'embedded' && own.movedTo !== null)
    return {
      name: 'Inventory',
      stateWords: 'HWLab’s own inventory: a backup, only read',
      tone: 'bad',
      fix: backupWords(own.movedTo),
    }
  if (inventory.kind === 'embedded')
    return {
      name: 'Inventory',
      stateWords: 'HWLab’s own inventory on this machine',
      tone: 'good',
      fix: 'To use NetBox instead, set NETBOX_URL and NETBOX_TOKEN, then start HWLab again.',
    }
  switch (probe.kind) {
    case 'ready':
      return {
        name: 'NetBox',
        stateWords: `${inventory.describe()}, version ${probe.version}`,
        tone: 'good',
        fix:
          own.left === 0
            ? null
            : `${countText(own.left, 'record is', 'records are')} still only in HWLab’s own inventory. To carry over: \`npx hwlab move-to-netbox\``,
        offersSetUp: true,
      }
    case 'away':
      return {
        name: 'NetBox',
        stateWords: 'Away; approved records wait',
        tone: 'bad',
        fix: probe.why,
      }
    case 'refused':
      return { name: 'NetBox', stateWords: 'Refuses HWLab', tone: 'bad', fix: probe.why }
  }
}

export const photoReadingConnection: ConnectionCard = {
  name: 'Photo reading',
  stateWords: 'Codes and label text are read on this machine',
  tone: 'good',
  fix: null,
}
