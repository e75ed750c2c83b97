import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { quoted } from '../intake/field-words.ts'
import { passedOverLine, placeLine, summary } from '../placement/place-words.ts'

const input = z.object({
  thing: z.string().max(100).describe('Tag, item_id or model'),
  near: z.string().max(60).optional().describe('Wanted rack or location'),
})
const output = z.object({
  thing: z.string(),
  words: z.string(),
  places: z.array(z.string()),
  no_room: z.array(z.string()),
})

const mostPlaces = 4

const suggestPlace: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'suggest_place',
  title: 'Suggest a place',
  description:
    'Where a thing should go: racks with room, rated power, outlets, ports and PoE for it, or the shelf where its kind lies.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 30_000,
  async run({ thing: what, near }, { placement }, { signal }) {
    const answer = await placement.suggest(what, near ?? null, signal)
    if (answer.kind === 'refused') return answer
    const { thing, suggestion } = answer
    return {
      kind: 'answer',
      output: {
        thing: quoted(thing.name, 80),
        words: summary(thing, suggestion),
        places: suggestion.places.slice(0, mostPlaces).map(placeLine),
        no_room: suggestion.passedOver.slice(0, mostPlaces).map(passedOverLine),
      },
    }
  },
}

export default suggestPlace
