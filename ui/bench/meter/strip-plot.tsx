import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export type Values = (number | null)[]

export interface StripFacts {
  /** Read out in place of the drawing. */
  words: string
  seconds: number[]
  /** One or two lines; the second is dashed. */
  lines: Values[]
  /** Least and greatest around the first line. */
  band?: [Values, Values]
  fromSecond: number
  untilSecond: number
  /** At least this much of the scale is shown, so that noise does not look like a storm. */
  leastSpan: number
  timeWords: (second: number) => string
  hasTimes: boolean
}

const heightPixels = 76
const timesPixels = 26
const scaleWidthPixels = 46
const padding = 0.08

/** One quantity over time, with its own scale. Gaps are drawn as gaps. */
export default function StripPlot(facts: StripFacts) {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(facts)
  const plot = useRef<uPlot | null>(null)
  latest.current = facts
  const { hasTimes } = facts
  const count = facts.lines.length
  const hasBand = facts.band !== undefined

  useEffect(() => {
    const element = host.current
    if (!element) return
    const drawn = new uPlot(
      options(element, latest, { hasTimes, count, hasBand }),
      dataOf(latest.current),
      element,
    )
    plot.current = drawn
    const widths = new ResizeObserver(() =>
      drawn.setSize({ width: element.clientWidth, height: drawn.height }),
    )
    widths.observe(element)
    const colours = new MutationObserver(() => drawn.redraw())
    colours.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      widths.disconnect()
      colours.disconnect()
      drawn.destroy()
      plot.current = null
    }
  }, [hasTimes, count, hasBand])

  useEffect(() => {
    plot.current?.setData(dataOf(facts))
  })
  return <div ref={host} className="strip-plot" role="img" aria-label={facts.words} />
}

function dataOf({ seconds, lines, band }: StripFacts): uPlot.AlignedData {
  return band ? [seconds, ...lines, ...band] : [seconds, ...lines]
}

function options(
  element: HTMLElement,
  latest: { current: StripFacts },
  shape: { hasTimes: boolean; count: number; hasBand: boolean },
): uPlot.Options {
  const colour = () => getComputedStyle(element).color
  const words = () => getComputedStyle(element).borderTopColor
  const grid = () => getComputedStyle(element).borderBottomColor
  const line = { stroke: colour, width: 1.5, spanGaps: false, points: { show: false } }
  const bound = { stroke: () => 'transparent', width: 0, spanGaps: false, points: { show: false } }
  const font = `11px ${getComputedStyle(element).fontFamily}`
  return {
    width: element.clientWidth,
    height: heightPixels + (shape.hasTimes ? timesPixels : 0),
    padding: [6, 16, shape.hasTimes ? 0 : 4, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [latest.current.fromSecond, latest.current.untilSecond] },
      y: { range: (_plot, least, most) => padded(least, most, latest.current.leastSpan) },
    },
    series: [
      {},
      ...Array.from({ length: shape.count }, (_, at) => (at === 0 ? line : { ...line, dash: [4, 3] })),
      ...(shape.hasBand ? [bound, bound] : []),
    ],
    bands: shape.hasBand
      ? [{ series: [shape.count + 2, shape.count + 1], fill: () => washed(colour()) }]
      : [],
    axes: [
      {
        show: shape.hasTimes,
        size: timesPixels,
        space: 64,
        font,
        stroke: words,
        grid: { show: false },
        ticks: { stroke: grid, width: 1, size: 4 },
        values: (_plot, splits) => splits.map((second) => latest.current.timeWords(second)),
      },
      {
        size: scaleWidthPixels,
        space: 20,
        font,
        stroke: words,
        grid: { stroke: grid, width: 1 },
        ticks: { show: false },
      },
    ],
  }
}

function padded(least: number | null, most: number | null, leastSpan: number): [number, number] {
  if (least === null || most === null || !Number.isFinite(least + most)) return [0, leastSpan]
  const span = Math.max(most - least, leastSpan)
  const middle = (least + most) / 2
  const from = middle - span * (0.5 + padding)
  return least >= 0 && from < 0
    ? [0, Math.max(most * (1 + padding), leastSpan)]
    : [from, middle + span * (0.5 + padding)]
}

/** The same colour, so light that the line shows on it. "rgb(11, 91, 111)" → "rgba(11, 91, 111, 0.2)". */
function washed(colour: string): string {
  return colour.replace(/^rgb\((.+)\)$/, 'rgba($1, 0.2)')
}
