import type { LabDatabase } from '../../serving/database.ts'
import type { RecordKind } from '../client/record-seen.ts'

/**
 * `changed:` and `deleted:` hold NetBox's time in microseconds, of the newest change that was read; `looked` and `whole`
 * HWLab's own time in milliseconds; `weekly` 1 when a person wants a whole look every week.
 */
export type Mark = `changed:${RecordKind}` | `deleted:${RecordKind}` | 'looked' | 'whole' | 'weekly'

export interface MarksTable {
  get(mark: Mark): number | null
  set(mark: Mark, value: number): void
}

export function marksTable(database: LabDatabase): MarksTable {
  return {
    get: (mark) =>
      database.prepare<[string], { value: number }>('select value from drift_marks where name = ?').get(mark)
        ?.value ?? null,
    set(mark, value) {
      database
        .prepare(
          'insert into drift_marks values (@mark, @value) on conflict (name) do update set value = @value',
        )
        .run({ mark, value })
    },
  }
}
