import { useState } from 'react'
import { z } from 'zod'
import { LiveValues } from '../../bench/meter/live-values.tsx'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { useLab } from '../../use-lab.ts'

/** What the tool answers, as far as it is drawn here. */
const resultSchema = z.object({ meter: z.string(), values: z.array(z.string()) })

/** "5.0981 V on D+ on average (5.0900 to 5.1012)" */
const spanPattern = /^(\S+) (V|A|W)( on D[+−])? on average \((\S+) to (\S+)\)$/
const simulatedPattern = / \(simulated\)$/

const names: Record<string, string> = {
  V: 'Voltage',
  A: 'Current',
  W: 'Power',
  'V on D+': 'D+',
  'V on D−': 'D−',
}

/** What a power meter measured in that time: the mean of each, and between what it lay. */
export default function MeasuredPower({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success) return null
  const { meter, values } = parsed.data
  return (
    <div className="result-device">
      <p className="panel-line">
        <span className="panel-name">{meter.replace(simulatedPattern, '')}</span>
        {simulatedPattern.test(meter) && <Badge>Simulated</Badge>}
      </p>
      {values.some((value) => spanPattern.test(value)) && <Measured values={values} />}
      <p className="panel-note">{values.filter((value) => !spanPattern.test(value)).join(' · ')}</p>
      <Live name={meter} />
    </div>
  )
}

function Measured({ values }: { values: string[] }) {
  return (
    <dl className="meter-readings">
      {values.map((value) => {
        const [, mean = '', unit = '', line = '', least = '', most = ''] = spanPattern.exec(value) ?? []
        if (mean === '') return null
        return (
          <div key={unit + line} className="meter-reading">
            <dt>{names[unit + line]}</dt>
            <dd className="mono">{`${mean} ${unit}`}</dd>
            <dd className="meter-reading-range">{`${least} to ${most}`}</dd>
          </div>
        )
      })}
    </dl>
  )
}

/** The last minute of the same meter, while it is plugged in. */
function Live({ name }: { name: string }) {
  const [isLooking, setLooking] = useState(false)
  const meters = useLab((lab) => lab.bench?.meters)
  const [meter, another] = (meters ?? []).filter(
    (one) => (one.simulated ? `${one.name} (simulated)` : one.name) === name,
  )
  if (!meter || another) return null
  return (
    <>
      <div className="actions">
        <Button onClick={() => setLooking(!isLooking)}>
          {isLooking ? 'Hide live values' : 'Show live values'}
        </Button>
      </div>
      {isLooking && <LiveValues meter={meter} />}
    </>
  )
}
