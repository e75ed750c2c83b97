import type { Rate } from '../case.ts'
import { type Interval, wilson } from '../intervals.ts'
import { alignedRows } from '../table.ts'
import type { Pair } from './compare-models.ts'
import type { BoardRow } from './leaderboard.ts'

/** The table for people; best first. */
export function drawBoard(rows: BoardRow[], pairs: Pair[]): string {
  const head = [
    ...['model', 'server', 'window', 'shows', 'n', 'pass@1', 'pass^3', 'tool calls: own field', 'with text'],
    ...['restraint', 'photo: model', 'photo: serial', 'p50 s', 'p95 s', 'tok/s', 'USD', 'verdict'],
  ]
  const lines = alignedRows([head, ...rows.map(cells)])
  const stopped = rows.flatMap(({ model, stopped }) => (stopped === null ? [] : [`${model}: ${stopped}.`]))
  const compared = pairs.map(
    ({ a, b, cases, difference, interval, verdict }) =>
      `${b} beside ${a}: ${points(difference)} points (${points(interval.low)} to ${points(interval.high)}) on ${cases} cases: ${verdict}.`,
  )
  return [...lines, '', ...stopped, ...compared].join('\n')
}

function cells(row: BoardRow): string[] {
  const { shows, photos } = row
  const eyes = shows.smallestTextPixels === null ? 'no eyes' : `${shows.smallestTextPixels} px`
  return [
    ...[
      row.model,
      [row.server, row.version].filter(Boolean).join(' '),
      row.windowTokens?.toLocaleString('en-US') ?? '?',
    ],
    `${shows.tools === 'no' ? 'no tools' : `tools ${shows.tools}`}, ${shows.forms ? 'forms' : 'no forms'}, ${eyes}`,
    ...[
      String(row.n),
      row.passAt1 ? percent(row.passAt1.share, row.passAt1.interval) : '–',
      counted(row.passEach3),
    ],
    ...[row.toolsNative, row.toolsValid, row.restraint, photos.model, photos.serial].map(withInterval),
    ...[seconds(row.p50Seconds), seconds(row.p95Seconds), row.tokensPerSecond?.toFixed(1) ?? '–'],
    ...[row.costUsd.toFixed(4), row.verdict],
  ]
}

const counted = ({ hits, of }: Rate): string => (of === 0 ? '–' : `${hits}/${of}`)
const withInterval = (rate: Rate): string =>
  rate.of === 0 ? '–' : percent(rate.hits / rate.of, wilson(rate))
const seconds = (value: number | null): string => value?.toFixed(1) ?? '–'
const points = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`

function percent(share: number, { low, high }: Interval): string {
  const whole = (one: number) => Math.round(one * 100)
  return `${whole(share)} % (${whole(low)}–${whole(high)})`
}
