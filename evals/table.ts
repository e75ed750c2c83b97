import type { CaseResult, Rate, SuiteResult } from './case.ts'
import { wilson } from './intervals.ts'

/** The suite's result for people: a row per case and one for all, rates with their 95 % intervals. */
export function drawTable(result: SuiteResult): string {
  const { cases, beside = [] } = result
  const lines = drawRows('case', [...cases, allOf(cases, columnsOf(cases))])
  if (beside.length > 0) lines.push('', ...drawRows('beside each other', beside))
  const verdict =
    result.broken.length === 0
      ? 'All hard limits hold.'
      : `Hard limits broken:\n${result.broken.map((sentence) => `  ${sentence}`).join('\n')}`
  return `\n${result.suite}\n${lines.join('\n')}\n${verdict}`
}

const columnsOf = (cases: CaseResult[]) => [...new Set(cases.flatMap((one) => Object.keys(one.rates)))]

function drawRows(title: string, cases: CaseResult[]): string[] {
  const columns = columnsOf(cases)
  return alignedRows([
    [title, 'n', ...columns, 'median ms'],
    ...cases.map((one) => [
      one.name,
      String(one.n),
      ...columns.map((column) => rateWords(one.rates[column])),
      one.medianMs === 0 ? '' : String(Math.round(one.medianMs)),
    ]),
  ])
}

/** Columns as wide as their widest cell. */
export function alignedRows(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function allOf(cases: CaseResult[], columns: string[]): CaseResult {
  const sum = (pick: (one: CaseResult) => number) => cases.reduce((total, one) => total + pick(one), 0)
  const rates = columns.map((column): [string, Rate] => [
    column,
    { hits: sum((one) => one.rates[column]?.hits ?? 0), of: sum((one) => one.rates[column]?.of ?? 0) },
  ])
  return { name: 'all', n: sum((one) => one.n), rates: Object.fromEntries(rates), medianMs: 0 }
}

function rateWords(rate: Rate | undefined): string {
  if (!rate || rate.of === 0) return '–'
  const { low, high } = wilson(rate)
  const percent = (share: number) => Math.round(share * 100)
  return `${rate.hits}/${rate.of} (${percent(low)}–${percent(high)} %)`
}
