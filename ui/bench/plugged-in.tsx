import type { BenchView } from '../../agent/protocol/bench.ts'
import { Badge } from '../kit/badge.tsx'
import { Notice } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { WithCode } from '../kit/with-code.tsx'
import { StartItem } from './start-item.tsx'

/** Everything that is plugged in, whatever it is. */
export function PluggedIn({ bench }: { bench: BenchView }) {
  const { devices, devicesNote } = bench
  return (
    <section className="panel-section" aria-label="Plugged in">
      <h3>Plugged in</h3>
      {devicesNote && (
        <Notice tone="muted">
          <WithCode text={devicesNote} />
        </Notice>
      )}
      {devices.length === 0 && !devicesNote && (
        <p className="panel-empty">No USB or serial device is plugged in. Plug one in and it appears here.</p>
      )}
      <ul className="rows">
        {devices.map((device) => (
          <li key={device.key} className="row">
            <Device device={device} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Device({ device }: { device: BenchView['devices'][number] }) {
  return (
    <>
      <p className="panel-line">
        <span className="panel-name">{device.name}</span>
        {device.simulated && <Badge>Simulated</Badge>}
        <span className="panel-note">{device.kind}</span>
      </p>
      <p className="panel-line">
        <Status tone={device.tone}>{device.stateWords}</Status>
      </p>
      <p className="panel-ids mono">{device.ids}</p>
      {device.note && (
        <p className="panel-why">
          <WithCode text={device.note} />
        </p>
      )}
      <div className="actions">
        <StartItem
          from={{ request: 'device-intake', key: device.key }}
          look="plain"
          name={device.name}
          count={1}
          itemId={null}
        />
      </div>
    </>
  )
}
