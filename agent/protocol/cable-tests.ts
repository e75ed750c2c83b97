import { z } from 'zod'

/** Cable tests: testers on serial lines, results that people enter. Times are ISO 8601 UTC. */

/** A tester that HWLab listens to. */
const testerSchema = z.object({
  id: z.string(),
  place: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  profileName: z.string(),
  wiringName: z.string(),
  /** `steadying`: measured once, and the same has to come again. */
  state: z.enum([
    'waiting',
    'steadying',
    'result',
    'no-cable',
    'silent',
    'noise',
    'trouble',
    'unsteady',
    'ended',
  ]),
  words: z.string(),
})
export type TesterView = z.infer<typeof testerSchema>

const cableTestSchema = z.object({
  id: z.string(),
  /** `guided`: a person entered what the tester showed. */
  source: z.enum(['tester', 'guided']),
  testerName: z.string(),
  simulated: z.boolean(),
  plug: z.string(),
  wiringName: z.string(),
  /** `none`: not enough was measured to say either. */
  result: z.enum(['pass', 'fail', 'none']),
  words: z.string(),
  /** What the tester cannot see, and what kind of lesser cable it is. */
  notes: z.array(z.string()),
  operator: z.string(),
  itemId: z.string().nullable(),
  at: z.string(),
})
export type CableTestView = z.infer<typeof cableTestSchema>

export const cableBench = {
  testers: z.array(testerSchema),
  cableTests: z.array(cableTestSchema),
}

/** What HWLab knows of testers and cables; it changes with the version only. */
export interface CableKinds {
  profiles: { id: string; name: string; plug: string; hasTrigger: boolean }[]
  wirings: {
    id: string
    name: string
    plug: string
    /** `expected`: the far contacts that a good cable reaches; none for one that stays open. */
    contacts: { near: string; signal: string | null; expected: readonly string[] }[]
    far: readonly string[]
  }[]
}

/** `reaches`: null when it was not tested. `joined`: near contacts that it is shorted to. */
export interface DrawnContact {
  near: string
  signal: string | null
  reaches: readonly string[] | null
  expected: readonly string[]
  state: 'right' | 'wrong' | 'open' | 'left-open' | 'not-tested'
  joined: readonly string[]
}
export interface WiremapDrawing {
  plug: string
  contacts: DrawnContact[]
}

const id = z.string().min(1).max(64)
const contact = z.string().min(1).max(4)

export const cableRequests = {
  'cable-kinds': z.object({}),
  'cable-listen': z.object({
    place: z.string().min(1).max(200),
    profileId: id,
    wiringId: id,
    shieldExpected: z.boolean(),
  }),
  'cable-again': z.object({ testerId: id }),
  'cable-stop': z.object({ testerId: id }),
  /** Near contact → the far contacts that lit; one that was not tested is left out. */
  'cable-enter': z.object({
    wiringId: id,
    shieldExpected: z.boolean(),
    entry: z.record(contact, z.array(contact).max(40)),
  }),
  'cable-test-open': z.object({ testId: id }),
  /** Null takes it from its item. */
  'cable-test-attach': z.object({ testId: id, itemId: id.nullable() }),
  'cable-test-delete': z.object({ testId: id }),
} as const

export interface CableResponses {
  'cable-kinds': CableKinds
  'cable-listen': { testerId: string }
  'cable-again': { testerId: string }
  'cable-stop': { testerId: string }
  'cable-enter': { testId: string }
  /** No drawing: the tester told no wires. */
  'cable-test-open': { drawing: WiremapDrawing | null; rawHex: string }
  'cable-test-attach': { testId: string }
  'cable-test-delete': { testId: string }
}
