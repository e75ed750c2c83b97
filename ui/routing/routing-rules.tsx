import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { Rule } from './rule.tsx'

/** What may leave this network. */
export function RoutingRules() {
  const routing = useLab((lab) => lab.routing)
  const { busy, refusal, ask } = useAsking()
  if (!routing) return null
  const { keepLocal, photosToCloud } = routing
  return (
    <section className="panel-section" aria-label="What may leave this network">
      <h3>What may leave this network</h3>
      <Rule
        words="Keep everything that I ask on this network"
        isOn={keepLocal}
        isOff={busy}
        onChange={(isOn) => ask('route-rules', { keepLocal: isOn, photosToCloud })}
      />
      <Rule
        words="Cloud models may be shown photos; codes, serial numbers and MAC addresses that HWLab read are covered"
        isOn={photosToCloud && !keepLocal}
        isOff={busy || keepLocal}
        onChange={(isOn) => ask('route-rules', { keepLocal, photosToCloud: isOn })}
      />
      <Refusal why={refusal} />
    </section>
  )
}
