import { useState } from 'react'
import type { BenchView } from '../../../agent/protocol/bench.ts'
import { Button } from '../../kit/button.tsx'
import { useRowFocus } from '../../kit/use-row-focus.ts'
import { CableTest } from './cable-test.tsx'
import { GuidedEntry } from './guided-entry.tsx'
import { StartTest } from './start-test.tsx'
import { Tester } from './tester.tsx'
import './cable-test.css'

/** Cable tests: testers that are listened to, the ways to begin, and everything that was measured. */
export function CableTests({ bench }: { bench: BenchView }) {
  const { testers, cableTests, consolePlaces, lampPhotos } = bench
  const rows = useRowFocus(cableTests.length)
  const [way, setWay] = useState<'none' | 'tester' | 'guided'>('none')
  return (
    <section className="panel-section" aria-label="Cable tests">
      <h3>Cable tests</h3>
      <ul className="rows">
        {testers.map((tester) => (
          <li key={tester.id} className="row">
            <Tester tester={tester} />
          </li>
        ))}
      </ul>
      {way === 'none' && (
        <div className="actions">
          <Button disabled={consolePlaces.length === 0} onClick={() => setWay('tester')}>
            Listen to a tester
          </Button>
          <Button onClick={() => setWay('guided')}>Enter what lit up</Button>
        </div>
      )}
      {way === 'none' && consolePlaces.length === 0 && (
        <p className="panel-empty">
          A tester with a USB or serial line can be listened to. For one with lamps only, enter what lit up,
          or photograph it.
        </p>
      )}
      {way === 'tester' && <StartTest places={consolePlaces} onEnd={() => setWay('none')} />}
      {way === 'guided' && <GuidedEntry photos={lampPhotos} onEnd={() => setWay('none')} />}
      <ul className="rows" {...rows}>
        {cableTests.map((test, at) => (
          <li key={test.id} className="row">
            <CableTest test={test} isNewest={at === 0} />
          </li>
        ))}
      </ul>
    </section>
  )
}
