import { useEffect, useState } from 'react'
import type { DrawnStretch, Span } from '../../../agent/protocol/meters.ts'
import { Notice } from '../../kit/notice.tsx'
import { useConnection } from '../../use-lab.ts'
import type { Columns } from './live-columns.ts'
import { clockWords } from './quantities.ts'
import type { Values } from './strip-plot.tsx'
import { Strips } from './strips.tsx'

type Loaded =
  | { kind: 'loading' }
  | { kind: 'drawn'; stretches: DrawnStretch[] }
  | { kind: 'refused'; why: string }

const mostStretches = 600
const quantities = ['volts', 'amperes', 'watts', 'dPlusVolts', 'dMinusVolts'] as const

/** The whole recording: the mean as a line, what was between least and greatest behind it. */
export function RecordingDrawing({ recordingId }: { recordingId: string }) {
  const connection = useConnection()
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' })
  useEffect(() => {
    let isShown = true
    void connection.request('recording-open', { recordingId, most: mostStretches }).then((answer) => {
      if (!isShown) return
      setLoaded(answer.kind === 'refused' ? answer : { kind: 'drawn', stretches: answer.value.stretches })
    })
    return () => {
      isShown = false
    }
  }, [connection, recordingId])
  if (loaded.kind === 'loading') return <p className="panel-empty">Drawing…</p>
  if (loaded.kind === 'refused') return <Notice tone="bad">{loaded.why}</Notice>
  const first = loaded.stretches[0]
  if (!first) return <p className="panel-empty">Nothing was measured.</p>
  const column = (pick: (stretch: Extract<DrawnStretch, { kind: 'samples' }>) => number): Values =>
    loaded.stretches.map((stretch) => (stretch.kind === 'gap' ? null : pick(stretch)))
  const at = (quantity: (typeof quantities)[number], place: keyof Span & (0 | 1 | 2)) =>
    column((stretch) => stretch[quantity][place])
  const columns: Columns = {
    seconds: loaded.stretches.map(({ fromMs, untilMs }) => ((fromMs + untilMs) / 2 - first.fromMs) / 1000),
    volts: at('volts', 1),
    amperes: at('amperes', 1),
    watts: at('watts', 1),
    dPlus: at('dPlusVolts', 1),
    dMinus: at('dMinusVolts', 1),
  }
  const bands = {
    volts: bandOf(at('volts', 0), at('volts', 2)),
    amperes: bandOf(at('amperes', 0), at('amperes', 2)),
    watts: bandOf(at('watts', 0), at('watts', 2)),
  }
  const untilMs = loaded.stretches.at(-1)?.untilMs ?? first.untilMs
  return (
    <Strips
      {...{ columns, bands }}
      fromSecond={0}
      untilSecond={(untilMs - first.fromMs) / 1000}
      timeWords={clockWords}
    />
  )
}

function bandOf(least: Values, most: Values): [Values, Values] {
  return [least, most]
}
