import { Resvg } from '@resvg/resvg-js'
import type { LabelMedia } from '../../mcp-servers/devices/labels/label-media.ts'
import { labelSvg } from '../../mcp-servers/devices/labels/label-svg.ts'
import { labelMedia } from '../../mcp-servers/devices/labels/media.ts'
import { rasterise } from '../../mcp-servers/devices/labels/rasterise.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const rounds = 25
const budgetMs = 30

const facts = {
  tag: 'HW-00042',
  name: 'Dell OptiPlex 7050 Micro in the cupboard below the stairs',
  specLine: 'i5-7500T · 16 GB · 256 GB SSD · Intel I219-LM',
  url: 'http://192.168.1.20:4610/a/HW-00042',
  sample: false,
}

/** Median time of the processor, which a busy machine does not stretch. */
function medianMs(work: () => void): number {
  const timesMs = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }).sort((one, other) => one - other)
  return timesMs[Math.floor(rounds / 2)] ?? 0
}

/** Against the bare renderer. */
function share(media: LabelMedia): number {
  const svg = labelSvg(facts, media)
  const bare = medianMs(() => {
    void new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels
  })
  return medianMs(() => rasterise(svg, media)) / bare
}

/** Record to raster for every medium, with texts that have to be made to fit: the slow case. */
export default {
  name: 'label-raster',
  async run(): Promise<BenchRow[]> {
    const [slowest] = labelMedia
      .map((media) => ({ media, ms: medianMs(() => rasterise(labelSvg(facts, media), media)) }))
      .sort((one, other) => other.ms - one.ms)
    if (!slowest) return []
    const ofBare = share(slowest.media)
    return [
      {
        name: 'label, record to raster (slowest medium)',
        value: slowest.ms,
        unit: 'ms of cpu',
        budget: `≤ ${budgetMs} ms`,
        ok: slowest.ms <= budgetMs,
        note: slowest.media.words,
      },
      {
        name: 'its drawing to dots, against resvg to pixels',
        value: ofBare,
        unit: '×',
        budget: '≤ 1',
        ok: ofBare <= 1,
        note: 'whose pixels are not yet told apart into black and white',
      },
    ]
  },
} satisfies Bench
