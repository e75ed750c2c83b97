import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { quoted } from '../intake/field-words.ts'
import { passedOverLine, placeLine, summary } from '../placement/place-words.ts'

const input = z.object({ thing: z.string().describe('Tag, item_id or model'), near: z.string().optional() })
const output = z.object({ words: z.string(), lines: z.array(z.string()) })

const mostPlaces = 4

const suggestPlace: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'suggest_place',
  title: 'Suggest a place',
  description:
    'Where a thing should go: a rack with room, power and ports, or the shelf of its kind; near: wanted.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 30_000,
  async run({ thing: what, near }, { placement }, { signal }) {
    if (what.length > 100) return refused('Name one thing in up to 100 characters: its tag or its model.')
    const answer = await placement.suggest(what, near ?? null, signal)
    if (answer.kind === 'refused') return answer
    const { thing, suggestion } = answer
    return {
      kind: 'answer',
      output: {
        words: summary(thing, suggestion),
        lines: [
          `For ${quoted(thing.name, 80)}`,
          ...suggestion.places.slice(0, mostPlaces).map(placeLine),
          ...suggestion.passedOver.slice(0, mostPlaces).map(passedOverLine),
        ],
      },
    }
  },
}

export default suggestPlace
