import { z } from 'zod'
import type { AddJournal } from '../../../mcp-servers/netbox/notes/addition-intent.ts'
import type { FaultWork } from './fault-work.ts'
import { rowsOf } from './tally.ts'

const entrySchema = z.object({ comments: z.string(), kind: z.object({ value: z.string() }) })
const levels = ['success', 'danger', 'info'] as const

/** Results of cable tests on cables between two machines, three to a cable. */
export const noteTests: FaultWork = {
  words: (count) => `${count} cable tests are noted on their cables, each once`,
  async open(world, count) {
    const { prefix, inventory } = world
    const { device, port } = await world.lab()
    const [one, other] = [await device({ name: `${prefix} one` }), await device({ name: `${prefix} two` })]
    const cables: number[] = []
    for (let number = 0; number * 3 < count; number += 1) {
      const [a, b] = [await port(one, `eth${number}`), await port(other, `eth${number}`)]
      const ends = {
        a_terminations: world.end(a),
        b_terminations: world.end(b),
        description: `${prefix} cable`,
      }
      cables.push(await world.make('dcim/cables', ends))
    }
    const intents = Array.from({ length: count }, (_, number): AddJournal => {
      const id = cables[Math.floor(number / 3)] ?? 0
      const target = { kind: 'cable' as const, id, assetTag: `${prefix} cable ${id}`, hwlabId: null }
      const text = `Cable test: ${number}.`
      return { target: { ...target, name: 'Cable' }, text, level: levels[number % 3] ?? 'info' }
    })
    return {
      planned: intents.map((intent, number) => ({ key: `${number}`, kind: 'add_journal', intent })),
      async count(tally) {
        for (const [at, id] of cables.entries()) {
          const place = { assigned_object_type: 'dcim.cable', assigned_object_id: id }
          const listed = await rowsOf(inventory.rest.list('extras/journal-entries', place))
          const entries = z.array(entrySchema).parse(listed)
          const due = intents.slice(at * 3, at * 3 + 3)
          tally.same(`notes on cable ${at}`, entries.length, due.length)
          for (const { text, level } of due) {
            const own = entries.filter(({ comments }) => comments.startsWith(text))
            tally.one(text, own.length)
            tally.same(`level of ${text}`, own[0]?.kind.value, level)
          }
        }
      },
    }
  },
}
