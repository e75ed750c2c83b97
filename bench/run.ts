import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { loadFolder } from '../mcp-servers/serving/load-folder.ts'
import type { Bench, BenchRow } from './bench-row.ts'

/** `npm run bench [name…]`: runs the rows one after another, prints a table, writes `bench/latest.json`. */

function isBench(candidate: unknown): candidate is Bench {
  return typeof candidate === 'object' && candidate !== null && 'name' in candidate && 'run' in candidate
}

const wanted = process.argv.slice(2)
const benches = await loadFolder(join(import.meta.dirname, 'rows'), isBench)
const rows: BenchRow[] = []
for (const bench of benches) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue
  process.stderr.write(`${bench.name}…\n`)
  rows.push(...(await bench.run()))
}

const processor = cpus()[0]?.model ?? 'unknown processor'
writeFileSync(
  join(import.meta.dirname, 'latest.json'),
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, processor, cores: cpus().length, rows }, null, 2)}\n`,
)
for (const row of rows) {
  const value = row.value >= 100 ? row.value.toFixed(0) : row.value.toPrecision(3)
  process.stdout.write(
    `${row.ok ? 'ok  ' : 'OVER'} ${row.name.padEnd(46)} ${`${value} ${row.unit}`.padEnd(18)} ${row.budget.padEnd(34)} ${row.note}\n`,
  )
}
process.exit(rows.every((row) => row.ok) ? 0 : 1)
