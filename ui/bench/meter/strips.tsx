import { lazy, Suspense } from 'react'
import type { Columns } from './live-columns.ts'
import { extentWords, inAmperes, inVolts, inWatts } from './quantities.ts'
import type { StripFacts, Values } from './strip-plot.tsx'

/** uPlot asks for the number format of the browser’s language as it is loaded, and throws where that language is no proper tag. */
const StripPlot = lazy(() => import('./strip-plot.tsx').catch(() => ({ default: InWords })))

function InWords({ words }: StripFacts) {
  return <p className="panel-note">{words}</p>
}

type Bands = Partial<Record<'volts' | 'amperes' | 'watts', [Values, Values]>>

interface StripsFacts extends Pick<StripFacts, 'fromSecond' | 'untilSecond' | 'timeWords'> {
  columns: Columns
  bands?: Bands
}

/** V, A, W and the data lines under one another, over the same time. */
export function Strips({ columns, bands = {}, ...time }: StripsFacts) {
  const { seconds, volts, amperes, watts, dPlus, dMinus } = columns
  const strips = [
    { name: 'Volts', unit: 'V', lines: [volts], band: bands.volts, leastSpan: 0.2, inUnit: inVolts },
    { name: 'Amperes', unit: 'A', lines: [amperes], band: bands.amperes, leastSpan: 0.05, inUnit: inAmperes },
    { name: 'Watts', unit: 'W', lines: [watts], band: bands.watts, leastSpan: 0.2, inUnit: inWatts },
    {
      name: 'Data lines, D+ and D− dashed',
      unit: 'D±, V',
      lines: [dPlus, dMinus],
      band: undefined,
      leastSpan: 1,
      inUnit: inVolts,
    },
  ]
  return (
    <div className="strips">
      {strips.map(({ name, unit, lines, band, leastSpan, inUnit }, at) => (
        <figure key={name} className={`strip strip-${at + 1}`}>
          <figcaption>{unit}</figcaption>
          <Suspense fallback={<div className="strip-plot" />}>
            <StripPlot
              words={extentWords(name, lines.flat(), inUnit)}
              hasTimes={at === strips.length - 1}
              {...{ seconds, lines, leastSpan, ...time }}
              {...(band ? { band } : {})}
            />
          </Suspense>
        </figure>
      ))}
    </div>
  )
}
