import { labelSvg } from '../../mcp-servers/devices/labels/label-svg.ts'
import { labelMedia } from '../../mcp-servers/devices/labels/media.ts'
import { rasterise } from '../../mcp-servers/devices/labels/rasterise.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const rounds = 25
const budgetMs = 30

/** Record to raster for every medium, with texts that have to be made to fit: the slow case. */
export default {
  name: 'label-raster',
  async run(): Promise<BenchRow[]> {
    const facts = {
      tag: 'HW-00042',
      name: 'Dell OptiPlex 7050 Micro in the cupboard below the stairs',
      specLine: 'i5-7500T · 16 GB · 256 GB SSD · Intel I219-LM',
      url: 'http://192.168.1.20:4610/a/HW-00042',
      sample: false,
    }
    const medians = labelMedia.map((media) => {
      const timesMs = Array.from({ length: rounds }, () => {
        const startMs = performance.now()
        rasterise(labelSvg(facts, media), media)
        return performance.now() - startMs
      }).sort((one, other) => one - other)
      return { media: media.words, medianMs: timesMs[Math.floor(rounds / 2)] ?? 0 }
    })
    const slowest = medians.sort((one, other) => other.medianMs - one.medianMs)[0]
    const value = slowest?.medianMs ?? 0
    return [
      {
        name: 'label, record to raster (slowest medium)',
        value,
        unit: 'ms median',
        budget: `≤ ${budgetMs} ms`,
        ok: value <= budgetMs,
        note: slowest?.media ?? '',
      },
    ]
  },
} satisfies Bench
