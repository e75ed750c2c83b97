import { countText } from '../count-text.ts'
import { hasPort } from './port-types.ts'
import { freeSlot, freeUnits } from './rack-space.ts'
import type { RackSeen, SwitchSeen, Thing } from './world.ts'

/** `full`: it must not go here. `unknown`: nothing is recorded that forbids it, but not all is known. */
export type Verdict =
  | { kind: 'fits'; words: string | null }
  | { kind: 'full'; why: string }
  | { kind: 'unknown'; what: string }

/** Capacity comes first: one `full` is enough, whatever a person prefers. */
export const gates: readonly ((thing: Thing, rack: RackSeen) => Verdict)[] = [
  standing,
  units,
  power,
  outlets,
  ports,
  powerOverEthernet,
]

const unusable: Record<string, string> = {
  reserved: 'the rack is reserved',
  planned: 'the rack is only planned',
  deprecated: 'the rack is on its way out',
}

function standing(_thing: Thing, rack: RackSeen): Verdict {
  const why = unusable[rack.status]
  return why === undefined ? { kind: 'fits', words: null } : { kind: 'full', why }
}

function units(thing: Thing, rack: RackSeen): Verdict {
  return freeSlot(rack, thing)
    ? { kind: 'fits', words: `${numberText(freeUnits(rack))} of ${rack.heightUnits} units free` }
    : {
        kind: 'full',
        why: thing.heightUnits === 1 ? 'no free unit' : `no gap of ${numberText(thing.heightUnits)} units`,
      }
}

function power({ needs }: Thing, { power: { limitWatts, ratedWatts, unrated } }: RackSeen): Verdict {
  if (needs.watts === 0) return { kind: 'fits', words: null }
  if (limitWatts === null)
    return { kind: 'unknown', what: 'no power feed is recorded, so power is not checked' }
  const wanted = ratedWatts + (needs.watts ?? 0)
  const sum = `${numberText(wanted)} of ${numberText(limitWatts)} W rated`
  if (wanted > limitWatts) return { kind: 'full', why: `power would be ${sum}` }
  if (needs.watts === null)
    return { kind: 'unknown', what: 'its own power rating is not known, so power is not checked' }
  if (unrated > 0)
    return {
      kind: 'unknown',
      what: `no power rating is known for ${countText(unrated, 'device', 'devices')} in it, so power is not checked`,
    }
  return { kind: 'fits', words: `power ${sum}` }
}

function outlets({ needs }: Thing, rack: RackSeen): Verdict {
  if (needs.outlets === 0) return { kind: 'fits', words: null }
  if (rack.outlets === null) return { kind: 'unknown', what: 'no outlets are recorded' }
  const { free } = rack.outlets
  if (free < (needs.outlets ?? 1))
    return { kind: 'full', why: countText(free, 'free outlet', 'free outlets') }
  return needs.outlets === null
    ? { kind: 'unknown', what: `how many outlets it needs is not known; ${free} are free` }
    : { kind: 'fits', words: countText(free, 'free outlet', 'free outlets') }
}

function ports({ needs }: Thing, rack: RackSeen): Verdict {
  const { portTypes } = needs
  if (portTypes?.length === 0) return { kind: 'fits', words: null }
  if (portTypes === null)
    return { kind: 'unknown', what: 'which ports it has is not known, so switch ports are not checked' }
  if (rack.switches.length === 0) return { kind: 'unknown', what: 'no switch ports are recorded' }
  const free = rack.switches.reduce((sum, one) => sum + fitting(one, portTypes, false), 0)
  return free === 0
    ? { kind: 'full', why: `no free switch port for ${portTypes.slice(0, 2).join(' or ')}` }
    : { kind: 'fits', words: countText(free, 'free switch port', 'free switch ports') }
}

/** One switch must have both a free port that feeds power and the budget for it. */
function powerOverEthernet({ needs }: Thing, rack: RackSeen): Verdict {
  const { poe, portTypes } = needs
  if (poe === null) return { kind: 'fits', words: null }
  if (rack.switches.length === 0 || portTypes === null)
    return { kind: 'unknown', what: 'no ports with PoE are recorded' }
  const feeding = rack.switches.filter((one) => fitting(one, portTypes, true) > 0)
  if (feeding.length === 0) return { kind: 'full', why: 'no free port with PoE' }
  const answers = feeding.map((one) => budget(poe.watts, one))
  return (
    answers.find(({ kind }) => kind === 'fits') ??
    answers.find(({ kind }) => kind === 'unknown') ??
    answers[0] ?? { kind: 'full', why: 'no free port with PoE' }
  )
}

function budget(watts: number | null, { name, poe }: SwitchSeen): Verdict {
  if (poe.budgetWatts === null) return { kind: 'unknown', what: `the PoE budget of ${name} is not known` }
  const sum = poe.ratedWatts + (watts ?? 0)
  const words = `PoE of ${name} ${numberText(sum)} of ${numberText(poe.budgetWatts)} W`
  if (sum > poe.budgetWatts) return { kind: 'full', why: `${words} rated` }
  return watts === null || poe.unrated > 0
    ? { kind: 'unknown', what: `not all PoE classes at ${name} are known, so its budget is not checked` }
    : { kind: 'fits', words }
}

function fitting({ free }: SwitchSeen, portTypes: readonly string[], feedsPower: boolean): number {
  return free.filter((port) => hasPort(portTypes, port.type) && (port.feedsPower || !feedsPower)).length
}

function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 })
}
