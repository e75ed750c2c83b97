import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { tagNumber, tagText } from './tag-text.ts'

interface TagRow {
  number: number
  tag: string
  item_id: string
}

/**
 * The tag of an item: the same one for ever, a fresh one the first time. Runs inside the caller's transaction, so the
 * tag and what it is for are on disk together or not at all. Numbers are never given twice, not even after the item
 * is gone.
 */
export function allocateTag(database: LabDatabase, itemId: string): string {
  return database.transaction(() => {
    const own = tagOfItem(database, itemId)
    if (own !== null) return own
    const number = nextNumber(database)
    give(database, number, itemId, 'allocated')
    raiseTagFloor(database, number)
    return tagText(number)
  })()
}

/** Takes a pre-printed tag for an item. Refused when the tag or the item is already taken otherwise. */
export function claimTag(
  database: LabDatabase,
  itemId: string,
  text: string,
): { kind: 'claimed'; tag: string } | Refusal {
  const number = tagNumber(text)
  if (number === null) return refused(`“${text.slice(0, 40)}” is not a tag. A tag looks like HW-00001.`)
  return database.transaction(() => {
    const tag = tagText(number)
    const own = tagOfItem(database, itemId)
    if (own === tag) return { kind: 'claimed' as const, tag }
    if (own !== null) return refused(`This item is ${own} already, and an item keeps its tag.`)
    if (itemOfTag(database, tag) !== null)
      return refused(`${tag} belongs to another item. Use another label, or look at ${tag} first.`)
    give(database, number, itemId, 'claimed')
    return { kind: 'claimed' as const, tag }
  })()
}

export function tagOfItem(database: LabDatabase, itemId: string): string | null {
  const row = database.prepare<[string], TagRow>('select * from tags where item_id = ?').get(itemId)
  return row?.tag ?? null
}

/** The item that holds a tag, whatever became of the item. */
export function itemOfTag(database: LabDatabase, tag: string): string | null {
  const number = tagNumber(tag)
  const row = database.prepare<[number], TagRow>('select * from tags where number = ?').get(number ?? 0)
  return row?.item_id ?? null
}

/** The highest number that was given or passed over, 0 when there is none. */
export function highestNumber(database: LabDatabase): number {
  const row = database
    .prepare<[], { highest: number }>(
      `select max((select last_number from tag_sequence), (select coalesce(max(number), 0) from tags)) as highest`,
    )
    .get()
  return row?.highest ?? 0
}

/** In a database that is a backup: no number is allocated before the inventory has told which ones were given since. */
export function doubtRestoredTags(database: LabDatabase): void {
  database.prepare('update tag_sequence set must_look = 1').run()
}

/** The inventory has told. */
export function trustTags(database: LabDatabase): void {
  database.prepare('update tag_sequence set must_look = 0 where must_look = 1').run()
}

export function areTagsInDoubt(database: LabDatabase): boolean {
  return database.prepare('select 1 from tag_sequence where must_look = 1').get() !== undefined
}

/** False until the first item has its tag. */
export function hasGivenTags(database: LabDatabase): boolean {
  return database.prepare('select 1 from tags limit 1').get() !== undefined
}

/** From now on only numbers above this one are allocated; lower ones can still be claimed from a printed label. */
export function raiseTagFloor(database: LabDatabase, number: number): void {
  database
    .prepare<[number, number]>('update tag_sequence set last_number = ? where last_number < ?')
    .run(number, number)
}

function nextNumber(database: LabDatabase): number {
  const row = database
    .prepare<[], { number: number }>(
      `with recursive candidate(number) as (
         select last_number + 1 from tag_sequence
         union all
         select number + 1 from candidate where number in (select number from tags)
       )
       select max(number) as number from candidate`,
    )
    .get()
  if (!row) throw new Error('The tag sequence is missing. Restore a backup of the state folder.')
  return row.number
}

function give(database: LabDatabase, number: number, itemId: string, origin: 'allocated' | 'claimed'): void {
  database
    .prepare<[number, string, string, string, number]>(
      'insert into tags (number, tag, item_id, origin, given_at_ms) values (?, ?, ?, ?, ?)',
    )
    .run(number, tagText(number), itemId, origin, Date.now())
}
