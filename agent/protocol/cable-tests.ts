import { z } from 'zod'
import { testInInventory } from './cable-test-notes.ts'

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
  /** `guided`: a person entered what the tester showed. `photo`: a model read it from photos, and a person checked it. */
  source: z.enum(['tester', 'guided', 'photo']),
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
  ...testInInventory,
})
export type CableTestView = z.infer<typeof cableTestSchema>

/** One near contact that was driven, and the far contacts that lit, as a model read it. */
const lampStepSchema = z.object({
  near: z.string(),
  lit: z.array(z.string()),
  modelName: z.string(),
  /** In the model’s own word. */
  isSure: z.boolean(),
})
export type LampStepView = z.infer<typeof lampStepSchema>

/** A photo of a tester’s lamps that no result was made of yet. */
const lampPhotoSchema = z.object({
  id: z.string(),
  attachmentId: z.string(),
  wiringId: z.string(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reading') }),
    /** Of a tester that lights all its lamps at once: one for each dark wire. */
    z.object({ kind: z.literal('read'), steps: z.array(lampStepSchema).min(1) }),
    /** Nothing was read, or it may mean two things. */
    z.object({ kind: z.literal('unread'), why: z.string() }),
  ]),
})
export type LampPhotoView = z.infer<typeof lampPhotoSchema>

export const cableBench = {
  testers: z.array(testerSchema),
  cableTests: z.array(cableTestSchema),
  lampPhotos: z.array(lampPhotoSchema),
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
const photoIds = z.array(id).max(40)

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
    photoIds,
  }),
  /** A model looks at it; what it says comes with the bench. */
  'cable-photo-read': z.object({ attachmentId: id, wiringId: id }),
  'cable-photos-drop': z.object({ photoIds }),
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
  'cable-photo-read': { photoId: string }
  'cable-photos-drop': Record<string, never>
  /** No drawing: the tester told no wires. `isCorrected`: the person entered something else than the model read. */
  'cable-test-open': {
    drawing: WiremapDrawing | null
    rawHex: string
    photos: (LampStepView & { attachmentId: string; isCorrected: boolean })[]
  }
  'cable-test-attach': { testId: string }
  'cable-test-delete': { testId: string }
}
