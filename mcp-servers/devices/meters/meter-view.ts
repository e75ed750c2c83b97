import type { MeterSession, MeterState } from './meter-session.ts'

/** Shaped as a meter of the bench panel. */
export interface MeterView {
  key: string
  name: string
  simulated: boolean
  state: MeterState['kind']
  stateWords: string
  tone: 'good' | 'working' | 'bad' | 'muted'
  /** What to do, or null. */
  why: string | null
  /** The recording that is being made of it, or null. */
  recordingId: string | null
}

const words: Record<MeterState['kind'], { words: string; tone: MeterView['tone']; why: string | null }> = {
  off: { words: 'Ready', tone: 'good', why: null },
  starting: { words: 'Starting…', tone: 'working', why: null },
  live: { words: 'Live', tone: 'good', why: null },
  degraded: {
    words: 'Live, with damaged packets',
    tone: 'bad',
    why: 'More than one packet in twenty arrives damaged. Try another cable, or a port without a hub.',
  },
  silent: {
    words: 'It sends nothing',
    tone: 'bad',
    why: 'HWLab keeps asking. If it stays silent, unplug the meter, wait a moment, plug it in again.',
  },
  unplugged: {
    words: 'Unplugged',
    tone: 'bad',
    why: 'Plug it in again at its port named PC: it goes on by itself, and the time between is shown as a gap.',
  },
  refused: { words: 'It cannot be read', tone: 'bad', why: null },
}

export function meterView(
  meter: { key: string; name: string; simulated: boolean; session: MeterSession },
  recordingId: string | null,
): MeterView {
  const { key, name, simulated } = meter
  const state = meter.session.state()
  const said = words[state.kind]
  return {
    ...{ key, name, simulated, recordingId, state: state.kind, stateWords: said.words, tone: said.tone },
    why: state.kind === 'refused' ? state.why : said.why,
  }
}
