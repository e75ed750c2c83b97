import type { BenchView } from '../../agent/protocol/bench.ts'
import { useRowFocus } from '../kit/use-row-focus.ts'
import { useLab } from '../use-lab.ts'
import { CableTests } from './cable-test/cable-tests.tsx'
import { Consoles } from './console/consoles.tsx'
import { Meter } from './meter/meter.tsx'
import { Recording } from './meter/recording.tsx'
import { PluggedIn } from './plugged-in.tsx'
import { PrintJob } from './print-job.tsx'
import { Printer } from './printer.tsx'
import { SimulatedDevices } from './simulated-devices.tsx'

export function BenchPanel() {
  const bench = useLab((lab) => lab.bench)
  if (!bench) return <p className="panel-empty">Looking at the bench…</p>
  return (
    <>
      <Meters bench={bench} />
      <Consoles bench={bench} />
      <CableTests bench={bench} />
      <section className="panel-section" aria-label="Printers">
        <h3>Printers</h3>
        {bench.printers.length === 0 && (
          <p className="panel-empty">No printer yet. Connect one, or print to a PNG or PDF file.</p>
        )}
        <ul className="rows">
          {bench.printers.map((printer) => (
            <li key={printer.id} className="row">
              <Printer printer={printer} />
            </li>
          ))}
        </ul>
      </section>
      <section className="panel-section" aria-label="Print jobs">
        <h3>Print jobs</h3>
        {bench.printJobs.length === 0 && (
          <p className="panel-empty">Nothing printed yet. Labels come after a confirmed record.</p>
        )}
        <ul className="rows">
          {bench.printJobs.map((job) => (
            <li key={job.id} className="row">
              <PrintJob job={job} showTag />
            </li>
          ))}
        </ul>
      </section>
      <PluggedIn bench={bench} />
      <SimulatedDevices bench={bench} />
    </>
  )
}

function Meters({ bench }: { bench: BenchView }) {
  const { meters, recordings } = bench
  const rows = useRowFocus(recordings.length)
  return (
    <>
      {meters.length > 0 && (
        <section className="panel-section" aria-label="Power meters">
          <h3>Power meters</h3>
          <ul className="rows">
            {meters.map((meter) => (
              <li key={meter.key} className="row">
                <Meter meter={meter} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {recordings.length > 0 && (
        <section className="panel-section" aria-label="Recordings">
          <h3>Recordings</h3>
          <ul className="rows" {...rows}>
            {recordings.map((recording) => (
              <li key={recording.id} className="row">
                <Recording recording={recording} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
