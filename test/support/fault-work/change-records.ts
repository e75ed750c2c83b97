import { z } from 'zod'
import type { RecordChange } from '../../../mcp-servers/netbox/changes/record-change.ts'
import type { FaultWork } from './fault-work.ts'
import { rowsOf } from './tally.ts'

const deviceSchema = z.object({ serial: z.string(), description: z.string(), comments: z.string() })

/**
 * Changes of records that a stranger changes as well, just before HWLab's own request arrives: a third of them in another
 * field, a fifth in the same one, which a person settles. Before NetBox 4.6 nothing tells HWLab of the same field in that
 * moment, so there it is changed earlier.
 */
export const changeRecords: FaultWork = {
  words: (count) => `${count} records are changed as asked, and what a stranger wrote is kept`,
  async open(world, count) {
    const { rest } = world.inventory
    const { device } = await world.lab()
    const tag = `${world.prefix}-changed`
    await world.make('extras/tags', { name: tag, slug: tag })
    const numbers = Array.from({ length: count }, (_, index) => index)
    const ids: number[] = []
    for (const number of numbers) ids.push(await device({ asset_tag: `${world.prefix}-R${number}` }))
    const isTouched = (number: number) => number % 3 === 0
    const isContested = (number: number) => number % 5 === 1
    const isMine = (number: number) => number % 2 === 0
    const strangers = new Map(
      numbers.flatMap((number) => {
        const theirs = {
          ...(isTouched(number) ? { description: 'theirs' } : {}),
          ...(isContested(number) ? { serial: 'theirs' } : {}),
        }
        return Object.keys(theirs).length > 0 ? [[String(ids[number]), theirs] as const] : []
      }),
    )
    const write = async (id: string) => {
      const theirs = strangers.get(id)
      strangers.delete(id)
      if (theirs) await world.call('PATCH', `dcim/devices/${id}/`, theirs)
    }
    const known = await world.inventory.features()
    if (known.kind === 'known' && !known.features.etag)
      for (const number of numbers.filter(isContested)) await write(String(ids[number]))
    return {
      planned: numbers.map((number) => {
        const assetTag = `${world.prefix}-R${number}`
        const intent: RecordChange = {
          target: { kind: 'device', id: ids[number] ?? 0, assetTag, hwlabId: null, name: assetTag },
          fields: {
            serial: { base: null, mine: `S${number}` },
            comments: { base: null, mine: 'Looked at twice.' },
            [`tags.${tag}`]: { base: false, mine: true },
          },
          journal: 'Changed by the fault suite.',
        }
        return { key: String(number), kind: 'change_record', intent }
      }),
      async before({ method, url }) {
        if (method === 'PATCH') await write(url.split('/dcim/devices/')[1]?.slice(0, -1) ?? '')
      },
      choose: (key) => (isMine(Number(key)) ? 'mine' : 'netbox'),
      async count(tally) {
        for (const number of numbers) {
          const id = ids[number] ?? 0
          const row = await world.read(`dcim/devices/${id}/`)
          const isTheirs = isContested(number) && !isMine(number)
          tally.same(`device ${number}`, deviceSchema.parse(row), {
            serial: isTheirs ? 'theirs' : `S${number}`,
            description: isTouched(number) ? 'theirs' : '',
            comments: 'Looked at twice.',
          })
          const tagged = await rowsOf(rest.list('dcim/devices', { id, tag }))
          tally.one(`tag of device ${number}`, tagged.length)
          const entry = { assigned_object_type: 'dcim.device', assigned_object_id: id }
          tally.one(`note on ${number}`, (await rowsOf(rest.list('extras/journal-entries', entry))).length)
        }
      },
    }
  },
}
