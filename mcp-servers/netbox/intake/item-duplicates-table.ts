import type { LabDatabase } from '../../serving/database.ts'

/** A record or draft that may be this very thing, as it was last checked. */
export interface Duplicate {
  words: string
  tag: string | null
  url: string | null
  /** Its serial number, MAC address or tag is the same. */
  certain: boolean
}

export interface ItemDuplicatesTable {
  replace(itemId: string, duplicates: Duplicate[]): void
  of(itemId: string): Duplicate[]
}

export function itemDuplicatesTable(database: LabDatabase): ItemDuplicatesTable {
  const insert = database.prepare(
    'insert into item_duplicates (item_id, position, words, tag, url, certain) values (?, ?, ?, ?, ?, ?)',
  )
  return {
    replace: database.transaction((itemId: string, duplicates: Duplicate[]) => {
      database.prepare('delete from item_duplicates where item_id = ?').run(itemId)
      for (const [position, { words, tag, url, certain }] of duplicates.entries())
        insert.run(itemId, position, words, tag, url, certain ? 1 : 0)
    }),
    of: (itemId) =>
      database
        .prepare<[string], { words: string; tag: string | null; url: string | null; certain: number }>(
          'select words, tag, url, certain from item_duplicates where item_id = ? order by position',
        )
        .all(itemId)
        .map((row) => ({ ...row, certain: row.certain === 1 })),
  }
}
