import type { LabDatabase } from '../../serving/database.ts'

/**
 * Ids mean something in one inventory only: with another one, all that was seen is forgotten. Records that carry the id of
 * an item and its tag are taken up again when they are met.
 */
export function keepTarget(database: LabDatabase, target: string): void {
  database.transaction(() => {
    const known = database.prepare<[], { target: string }>('select target from drift_target').get()
    if (known?.target === target) return
    if (known) {
      database.exec('delete from drift_records; delete from drift_strangers')
      database.exec("delete from drift_marks where name <> 'weekly'")
    }
    database.prepare('insert or replace into drift_target (only, target) values (1, ?)').run(target)
  })()
}
