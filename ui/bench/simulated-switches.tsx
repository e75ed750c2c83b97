import { useId } from 'react'
import type { BenchView } from '../../agent/protocol/bench.ts'
import { Disclosure } from '../kit/disclosure.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import './simulated.css'

type Device = BenchView['simulated'][number]
type Switch = Device['switches'][number]

/** Puts a simulated device wrong, to see what HWLab makes of it. What is turned shows without opening it. */
export function SimulatedSwitches({ device }: { device: Device }) {
  const turned = device.switches.filter((one) => one.position !== one.positions[0]?.id)
  const words = turned.map((one) => `${one.name}: ${standing(one)}`).join(' · ')
  return (
    <Disclosure
      summary={
        <>
          What it does wrong
          {words !== '' && <span className="simulated-turned"> {words}</span>}
        </>
      }
    >
      <div className="simulated-switches">
        {device.switches.map((one) => (
          <SwitchRow key={one.id} device={device} turns={one} />
        ))}
      </div>
    </Disclosure>
  )
}

function SwitchRow({ device, turns }: { device: Device; turns: Switch }) {
  const { refusal, ask } = useAsking()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{turns.name}</label>
      <select
        id={id}
        className="field-input"
        aria-label={`${turns.name}: ${device.name}`}
        value={turns.position}
        onChange={(event) =>
          ask('simulated-turn', {
            ...{ id: device.id, switchId: turns.id },
            position: event.currentTarget.value,
          })
        }
      >
        {turns.positions.map((position) => (
          <option key={position.id} value={position.id}>
            {position.name}
          </option>
        ))}
      </select>
      <Refusal why={refusal} />
    </>
  )
}

function standing(one: Switch): string {
  return one.positions.find(({ id }) => id === one.position)?.name ?? one.position
}
