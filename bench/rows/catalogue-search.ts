import { openRandom } from '../../evals/worlds/random.ts'
import { catalogueTables, openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { deviceTypeWriter } from '../../mcp-servers/netbox/catalogue/device-types.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const typeCount = 6000
const searches = 1000
const budgetMs = 5

const makers = ['Northbeam', 'Ostrava Networks', 'Kestrel Compute', 'Lumenar', 'Halden', 'Vireo'] as const
const families = ['Switch', 'Router', 'PowerServe', 'EdgePoint', 'RackStore', 'MiniDesk'] as const

/** What a person types (a maker and a part of a name) and what a label says (a whole model), over a full catalogue. */
export default {
  name: 'catalogue-search',
  async run(): Promise<BenchRow[]> {
    const database = openDatabase(':memory:', [catalogueTables])
    const catalogue = openCatalogue(database)
    const random = openRandom(5)
    const models = Array.from({ length: typeCount - catalogue.count() }, (_, at) => ({
      manufacturer: random.pick(makers),
      model: `${random.pick(families)} ${random.letters('ABCDEFGHKLMNPRSTUVWX', 2)}${1000 + at}-${random.integer(4, 48)}P`,
    }))
    database.transaction(() => {
      const write = deviceTypeWriter(database)
      for (const { manufacturer, model } of models) {
        const [manufacturerSlug, slug] = [manufacturer, `${manufacturer}-${model}`].map((text) =>
          text.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        )
        const made = { manufacturer, manufacturerSlug: manufacturerSlug ?? '', model, slug: slug ?? '' }
        const rest = { partNumber: null, uHeight: 1, isFullDepth: false, role: null, keySpec: null }
        write({ ...made, ...rest, source: 'bench' }, 'imported')
      }
    })()
    const timesMs = Array.from({ length: searches }, (_, at) => {
      const known = models[random.integer(0, models.length - 1)]
      const words = known ? `${known.manufacturer} ${known.model.split('-')[0]}` : ''
      const startMs = performance.now()
      if (at % 2 === 0) catalogue.search(words, 10)
      else catalogue.byModel(known?.model ?? '')
      return performance.now() - startMs
    }).sort((one, other) => one - other)
    const count = catalogue.count()
    database.close()
    const value = timesMs[Math.floor(searches * 0.99)] ?? 0
    return [
      {
        name: `catalogue search over ${count} types`,
        value,
        unit: 'ms p99',
        budget: `≤ ${budgetMs} ms`,
        ok: value <= budgetMs,
        note: `n ${searches}, median ${(timesMs[searches / 2] ?? 0).toFixed(2)} ms`,
      },
    ]
  },
} satisfies Bench
