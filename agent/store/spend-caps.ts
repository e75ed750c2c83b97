import type { LabDatabase } from './lab-database.ts'

export type CapKind = 'query' | 'day' | 'month'

/** Pico-USD. */
export type Caps = Record<CapKind, number>

/** Table `spend_caps`: what a person set; what is not there has its default. */
export function spendCapsTable(database: LabDatabase, defaults: Caps) {
  const all = database.prepare<[], { kind: CapKind; picoUsd: number }>(
    'select kind, pico_usd as picoUsd from spend_caps',
  )
  const put = database.prepare<[CapKind, number]>(
    'insert into spend_caps (kind, pico_usd) values (?, ?) on conflict (kind) do update set pico_usd = excluded.pico_usd',
  )
  return {
    get(): Caps {
      const caps = { ...defaults }
      for (const { kind, picoUsd } of all.all()) caps[kind] = picoUsd
      return caps
    },
    put(caps: Caps): void {
      put.run('query', caps.query)
      put.run('day', caps.day)
      put.run('month', caps.month)
    },
  }
}
export type SpendCapsTable = ReturnType<typeof spendCapsTable>
