import hwlabV1, { hwlabFrame } from '../cable-testers/profiles/hwlab-v1.ts'

/** What hangs on a simulated tester. */
type SimulatedCable = keyof typeof cables

export interface SimulatedTester {
  /** Bytes that HWLab sends. */
  input(bytes: Uint8Array): void
  plug(cable: SimulatedCable): void
}

const trigger = 0x01
const notTested = 0xff
const noneJoined = [0, 0, 0, 0, 0, 0, 0, 0, 0]
const good = { far: [1, 2, 3, 4, 5, 6, 7, 8, notTested], groups: noneJoined }
const pin4Open = { far: [1, 2, 3, 0, 5, 6, 7, 8, notTested], groups: noneJoined }

/** What is measured one time after another: far pin of pins 1 to 8 and the shield, then the group of joined pins of each. */
const cables = {
  good: [good],
  'pin-4-open': [pin4Open],
  'short-3-6': [{ far: [1, 2, 0, 4, 5, 0, 7, 8, notTested], groups: [0, 0, 1, 0, 0, 1, 0, 0, 0] }],
  crossover: [{ far: [3, 6, 1, 4, 5, 2, 7, 8, notTested], groups: noneJoined }],
  loose: [good, pin4Open],
  none: [{ far: [0, 0, 0, 0, 0, 0, 0, 0, notTested], groups: noneJoined }],
}

export function isSimulatedCable(id: string): id is SimulatedCable {
  return id in cables
}

/** A tester of the kind that people build, in software: it measures when it is asked, in `hwlab-v1`. */
export function openSimulatedTester(output: (bytes: Uint8Array) => void): SimulatedTester {
  const framer = hwlabV1.framer()
  let cable: SimulatedCable = 'good'
  let measured = 0
  return {
    input(bytes) {
      for (const frame of framer.push(bytes)) {
        if (frame[2] !== trigger) continue
        const states = cables[cable]
        const { far, groups } = states[measured % states.length] ?? good
        measured = (measured + 1) % 256
        output(hwlabFrame('wiremap', measured, [...far, ...groups]))
      }
    },
    plug(wanted) {
      cable = wanted
    },
  }
}
