import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { findRecords } from '../find-records.ts'
import { quoted } from '../intake/field-words.ts'

const input = z.object({
  text: z.string().describe('A tag, serial number, MAC address, model or name; empty: the newest drafts'),
})
const output = z.object({
  drafts: z.array(
    z.object({ item_id: z.string(), tag: z.string().nullable(), title: z.string(), state: z.string() }),
  ),
  records: z.array(
    z.object({
      tag: z.string().nullable(),
      name: z.string(),
      model: z.string(),
      serial: z.string().nullable(),
      status: z.string(),
      location: z.string().nullable(),
      url: z.string(),
    }),
  ),
  words: z.string().describe('Says so when the inventory could not be asked'),
})

const most = 5

const findItem: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'find_item',
  title: 'Find an item',
  description:
    'Looks for a thing in the inventory and among HWLab drafts by tag, serial number, MAC address, model or name. Answers with up to five of each. Use it for “do I own this?” and “where is…?”.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 15_000,
  async run({ text }, { intake, inventory }) {
    const wanted = text.trim()
    if (wanted.length > 200)
      return refused('Search with up to 200 characters: a tag, a serial number, a model.')
    const cards = wanted === '' ? intake.cards(most) : intake.search(wanted, most)
    const byTag = intake.cardByTag(wanted)
    const drafts = [...(byTag ? [byTag] : []), ...cards.filter((card) => card.id !== byTag?.id)]
      .filter((card) => card.state !== 'complete')
      .slice(0, most)
    const found =
      wanted === '' ? { kind: 'looked' as const, records: [] } : await findRecords(inventory, wanted, most)
    const records = found.kind === 'looked' ? found.records : []
    return {
      kind: 'answer',
      output: {
        drafts: drafts.map(({ id, tag, title, stateWords }) => ({
          item_id: id,
          tag,
          title,
          state: stateWords,
        })),
        records: records.map((record) => ({
          tag: record.assetTag,
          name: quoted(record.display, 80),
          model: quoted(`${record.manufacturer} ${record.model}`, 80),
          serial: record.serial === null ? null : quoted(record.serial, 50),
          status: quoted(record.status, 30),
          location: record.location === null ? null : quoted(record.location, 100),
          url: record.url,
        })),
        words: found.kind === 'away' ? found.why : wordsFor(drafts.length, records.length, wanted),
      },
    }
  },
}

function wordsFor(drafts: number, records: number, wanted: string): string {
  if (drafts + records > 0) return `${records} in the inventory, ${drafts} being taken in.`
  return wanted === '' ? 'There are no drafts.' : 'Nothing like it in the inventory or among the drafts.'
}

export default findItem
