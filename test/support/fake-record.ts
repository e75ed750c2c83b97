import type { ItemView } from '../../agent/protocol/items.ts'
import { startedAt } from './fake-lab-things.ts'

/** What became of an item that was recorded. */
export const fakeRecord: NonNullable<ItemView['record']> = {
  url: '/a/HW-00001',
  words: 'Every field was read back.',
  confirmedAt: startedAt,
  retired: false,
  editable: ['serial', 'name', 'role'],
}
