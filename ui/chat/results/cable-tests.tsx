import { useEffect, useState } from 'react'
import { z } from 'zod'
import type { CableTestView, WiremapDrawing } from '../../../agent/protocol/cable-tests.ts'
import { Wiremap } from '../../bench/cable-test/wiremap.tsx'
import { Badge } from '../../kit/badge.tsx'
import { Disclosure } from '../../kit/disclosure.tsx'
import { agoWords } from '../../kit/elapsed.ts'
import { Refusal } from '../../kit/notice.tsx'
import { Status, type Tone } from '../../kit/status.tsx'
import { useNow } from '../../kit/use-now.ts'
import { useAsking } from '../../use-asking.ts'
import { useLab } from '../../use-lab.ts'
import '../../bench/cable-test/cable-test.css'

/** What the tool answers, as far as it is drawn here. */
const resultSchema = z.object({
  tests: z.array(
    z.object({
      test_id: z.string(),
      verdict: z.string(),
      not_seen: z.string(),
      cable: z.string(),
      tester: z.string(),
      of: z.string(),
      at: z.string(),
    }),
  ),
})
type ToldTest = z.infer<typeof resultSchema>['tests'][number]

const tones: Record<CableTestView['result'], Tone> = { pass: 'good', fail: 'bad', none: 'muted' }
const simulatedPattern = /, simulated$/

/** Cable tests as the bench has them: the newest with its wires, the others with theirs behind a word. */
export default function CableTests({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success || parsed.data.tests.length === 0) return null
  return (
    <div className="result-device">
      <ul className="rows">
        {parsed.data.tests.map((test, at) => (
          <li key={test.test_id} className="row">
            <Test test={test} isNewest={at === 0} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Test({ test, isNewest }: { test: ToldTest; isNewest: boolean }) {
  const { test_id, verdict, not_seen, cable, tester, of, at } = test
  const known = useLab((lab) => lab.bench?.cableTests.find((one) => one.id === test_id))
  const nowMs = useNow(10_000)
  return (
    <div className="cable-test">
      <p className="panel-line">
        <Status tone={known ? tones[known.result] : 'muted'}>{verdict}</Status>
        {of !== '' && <span className="mono">{of}</span>}
      </p>
      <p className="panel-line panel-note">
        <span>{cable}</span>
        <span>{tester.replace(simulatedPattern, '')}</span>
        {simulatedPattern.test(tester) && <Badge>Simulated</Badge>}
        <time dateTime={at}>{agoWords(at, nowMs)}</time>
      </p>
      {not_seen !== '' && <p className="panel-why">{not_seen}</p>}
      {isNewest ? (
        <Wires testId={test_id} />
      ) : (
        <Disclosure summary="Wires">
          <Wires testId={test_id} />
        </Disclosure>
      )}
    </div>
  )
}

/** Asked for when it is looked at: the answer of the tool tells no wires. */
function Wires({ testId }: { testId: string }) {
  const { refusal, ask } = useAsking()
  const [drawing, setDrawing] = useState<WiremapDrawing | 'loading' | null>('loading')
  useEffect(() => {
    void ask('cable-test-open', { testId }).then((answer) => {
      if (answer.kind === 'ok') setDrawing(answer.value.drawing)
    })
  }, [ask, testId])
  if (refusal) return <Refusal why={refusal} />
  if (drawing === 'loading') return <p className="panel-empty">Drawing…</p>
  if (drawing === null) return <p className="panel-empty">The tester did not tell the wires.</p>
  return <Wiremap drawing={drawing} />
}
