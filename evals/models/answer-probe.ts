import { readCodePicture } from './read-code-picture.ts'
import { call, type Step, say } from './steps.ts'

/** What a scripted model can show when it is tried. */
export interface ProbedAbilities {
  tools: 'no' | 'whole' | 'streamed'
  schema: boolean
  /** Height of the smallest capitals that it sees; null: it has no eyes. */
  sightPixels: number | null
}

/** Begins the question which task a message is. */
export const whatIsAsked = 'Sort one message that a person wrote'

export const ableToCall: ProbedAbilities = { tools: 'streamed', schema: true, sightPixels: null }

/** Answers a call of the probe as such a model does; null: a call of something else. `body`: the request as it came in. */
export async function answerProbe(body: string, can: ProbedAbilities): Promise<Step | null> {
  const shelf = /Look up what lies on shelf (R\d+)/.exec(body)?.[1]
  if (shelf) {
    const calls = can.tools === 'streamed' || (can.tools === 'whole' && !body.includes('"stream":true'))
    return calls ? call('look_at_shelf', { shelf }) : say(`I would look at ${shelf}.`)
  }
  if (body.includes('Which colour has snow?')) return say(can.schema ? '{"colour":"KEV-31"}' : 'white')
  if (body.includes('Which characters are in this picture?')) {
    const sees = can.sightPixels === null ? null : await readCodePicture(body, can.sightPixels)
    return say(sees === null ? 'I see nothing.' : `They are ${sees}.`)
  }
  const marker = /The marker is (K\d+)\./.exec(body)?.[1]
  if (marker) return say(marker)
  if (body.includes('Write the numbers from 1 to 60')) return say('one two three four five six')
  if (body.includes('Say yes.')) return say('yes')
  // Not of the probe: what a message asks for, which few scripts care about.
  if (body.includes(whatIsAsked)) return say('unsure')
  return null
}
