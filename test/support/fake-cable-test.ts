import type {
  CableKinds,
  CableTestView,
  DrawnContact,
  LampPhotoView,
  TesterView,
  WiremapDrawing,
} from '../../agent/protocol/cable-tests.ts'
import { startedAt } from './fake-lab-things.ts'

export function fakeTester(facts: Partial<TesterView> = {}): TesterView {
  return {
    id: 'tester-1',
    place: 'usb:1a86:7523@1-2',
    name: 'WCH CH340',
    simulated: false,
    profileName: 'Self-built tester (hwlab-v1)',
    wiringName: 'straight-through',
    state: 'waiting',
    words: 'Asked the tester to measure.',
    ...facts,
  }
}

export function fakeCableTest(facts: Partial<CableTestView> = {}): CableTestView {
  return {
    id: 'test-1',
    source: 'tester',
    testerName: 'Self-built tester (hwlab-v1) on WCH CH340',
    simulated: false,
    plug: 'RJ45',
    wiringName: 'straight-through',
    result: 'pass',
    words: 'All 8 conductors — PASS',
    notes: ['Split pairs were not tested.'],
    operator: 'operator',
    itemId: null,
    at: startedAt,
    ...{ cable: null, note: null, isNoted: false },
    ...facts,
  }
}

/** A photo that reads near 3 → far 3; `attachmentId` `lamps-3-6` shows a tester with near 3 and far 6 lit. */
export function fakeLampPhoto(facts: Partial<LampPhotoView> = {}): LampPhotoView {
  return {
    id: 'lamp-photo-1',
    attachmentId: 'lamps-3-3',
    wiringId: 'rj45-straight',
    state: {
      kind: 'read',
      steps: [{ near: '3', lit: ['3'], modelName: 'gemma4:e4b (Ollama)', isSure: true }],
    },
    ...facts,
  }
}

const pins = ['1', '2', '3', '4', '5', '6', '7', '8']

/** An RJ45 wiremap; every pin reaches its own unless `faults` say otherwise. */
export function fakeDrawing(faults: Record<string, Partial<DrawnContact>> = {}): WiremapDrawing {
  const contacts = pins.map(
    (near): DrawnContact => ({
      ...{ near, signal: null, reaches: [near], expected: [near], state: 'right', joined: [] },
      ...faults[near],
    }),
  )
  return { plug: 'RJ45', contacts }
}

export const fakeCableKinds: CableKinds = {
  profiles: [
    { id: 'hwlab-text', name: 'Self-built tester (lines of text)', plug: 'RJ45', hasTrigger: false },
    { id: 'hwlab-v1', name: 'Self-built tester (hwlab-v1)', plug: 'RJ45', hasTrigger: true },
  ],
  wirings: [
    {
      ...{ id: 'rj45-straight', name: 'straight-through', plug: 'RJ45', far: [...pins, 'S'] },
      contacts: [...pins, 'S'].map((near) => ({ near, signal: null, expected: [near] })),
    },
    {
      ...{ id: 'hdmi', name: 'HDMI', plug: 'HDMI', far: ['1', '2', 'S'] },
      contacts: [
        { near: '1', signal: 'TMDS data 2+', expected: ['1'] },
        { near: '2', signal: 'TMDS data 2 shield', expected: ['2'] },
        { near: 'S', signal: null, expected: ['S'] },
      ],
    },
  ],
}
