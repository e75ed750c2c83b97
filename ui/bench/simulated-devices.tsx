import type { BenchView } from '../../agent/protocol/bench.ts'
import { Button } from '../kit/button.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { SimulatedSwitches } from './simulated-switches.tsx'

/** Devices that are programs: to try the bench without hardware. Open by itself while nothing real is plugged in. */
export function SimulatedDevices({ bench }: { bench: BenchView }) {
  if (bench.simulated.length === 0) return null
  const hasReal = bench.devices.some((device) => !device.simulated)
  const list = (
    <ul className="rows">
      {bench.simulated.map((device) => (
        <li key={device.id} className="row">
          <SimulatedDevice device={device} />
        </li>
      ))}
    </ul>
  )
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

function SimulatedDevice({ device }: { device: BenchView['simulated'][number] }) {
  const { busy, refusal, ask } = useAsking()
  const { id, name, kind, plugged, movable } = device
  const plug = plugged ? 'Unplug' : 'Plug in'
  return (
    <>
      <p className="panel-line">
        <span className="panel-name">{name}</span>
        <span className="panel-note">{kind}</span>
      </p>
      <div className="actions">
        <Button
          disabled={busy}
          aria-label={`${plug}: ${name}`}
          onClick={() => ask('simulated-plug', { id, plugged: !plugged })}
        >
          {plug}
        </Button>
        {movable && (
          <Button
            look="quiet"
            disabled={busy}
            aria-label={`Plug in elsewhere: ${name}`}
            onClick={() => ask('simulated-move', { id })}
          >
            Plug in elsewhere
          </Button>
        )}
      </div>
      {plugged && device.switches.length > 0 && <SimulatedSwitches device={device} />}
      <Refusal why={refusal} />
    </>
  )
}
