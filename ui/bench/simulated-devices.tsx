import type { BenchView } from '../../agent/protocol.ts'
import { Button } from '../kit/button.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

/** Devices that are programs: to try the bench without hardware. Open by itself while nothing real is plugged in. */
export function SimulatedDevices({ bench }: { bench: BenchView }) {
  if (bench.simulated.length === 0) return null
  const hasReal = bench.devices.some((device) => !device.simulated)
  const list = <List bench={bench} />
  return (
    <section className="panel-section" aria-label="Simulated devices">
      {hasReal ? (
        <Disclosure summary="Simulated devices">{list}</Disclosure>
      ) : (
        <>
          <h3>Try it without hardware</h3>
          {list}
        </>
      )}
    </section>
  )
}

function List({ bench }: { bench: BenchView }) {
  const { busy, refusal, ask } = useAsking()
  return (
    <>
      <ul className="rows">
        {bench.simulated.map(({ id, name, kind, plugged }) => (
          <li key={id} className="row">
            <p className="panel-line">
              <span className="panel-name">{name}</span>
              <span className="panel-note">{kind}</span>
            </p>
            <div className="actions">
              <Button
                disabled={busy}
                aria-label={`${plugged ? 'Unplug' : 'Plug in'}: ${name}`}
                onClick={() => ask('simulated-plug', { id, plugged: !plugged })}
              >
                {plugged ? 'Unplug' : 'Plug in'}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Refusal why={refusal} />
    </>
  )
}
