import type { LabDatabase } from './lab-database.ts'

/** Table `retention_rules`: what a person set. */
export function retentionRulesTable(database: LabDatabase) {
  const get = database.prepare<[string], { days: number | null }>(
    'select days from retention_rules where name = ?',
  )
  const put = database.prepare<[string, number | null]>(
    'insert into retention_rules (name, days) values (?, ?) on conflict (name) do update set days = excluded.days',
  )
  return {
    /** undefined: nobody set it. */
    days: (name: string): number | null | undefined => get.get(name)?.days,
    put(name: string, days: number | null): void {
      put.run(name, days)
    },
  }
}
