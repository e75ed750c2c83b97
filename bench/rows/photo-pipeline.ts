import { monitorEventLoopDelay } from 'node:perf_hooks'
import sharp from 'sharp'
import { easyPhoto } from '../../evals/worlds/identification-case.ts'
import { photographLabels } from '../../evals/worlds/label-photo.ts'
import { openRandom } from '../../evals/worlds/random.ts'
import { catalogueTables, openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { interpretPhoto } from '../../mcp-servers/netbox/identify/interpret-photo.ts'
import { openPhotoReader } from '../../mcp-servers/netbox/photo/photo-reader.ts'
import { preparePhoto } from '../../mcp-servers/netbox/photo/prepare-photo.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const rounds = 8
const budgetMs = 1500
const loopBudgetMs = 50

const device = {
  manufacturer: 'MikroTik',
  model: 'CRS112-8P-4S-IN',
  partNumber: null,
  serial: 'HWL7742C9F3E',
  macAddress: '48:8F:5A:11:22:33',
  fccId: null,
  ean: '4752224002457',
  inCatalogue: true,
}

/** Generated 12-megapixel photos, upload to evidence rows, warm; and what the event loop felt meanwhile. */
export default {
  name: 'photo-pipeline',
  async run(): Promise<BenchRow[]> {
    const photos = await Promise.all(Array.from({ length: rounds }, (_, seed) => photograph(seed)))
    const database = openDatabase(':memory:', [catalogueTables])
    const catalogue = openCatalogue(database)
    const reader = openPhotoReader({ workers: 1 })
    const read = async (jpeg: Uint8Array) => {
      const prepared = await preparePhoto(jpeg, 'bench.jpg')
      if (prepared.kind === 'refused') throw new Error(prepared.why)
      const reading = await reader.read(prepared.bytes, () => {}, new AbortController().signal)
      return interpretPhoto(reading, 'photo', catalogue)
    }
    await read(photos[0] ?? new Uint8Array())
    const loop = monitorEventLoopDelay({ resolution: 2 })
    const timesMs: number[] = []
    for (const jpeg of photos) {
      loop.enable()
      const startMs = performance.now()
      await read(jpeg)
      timesMs.push(performance.now() - startMs)
      loop.disable()
    }
    await reader.close()
    database.close()
    timesMs.sort((one, other) => one - other)
    const medianMs = timesMs[Math.floor(rounds / 2)] ?? 0
    const loopMs = loop.percentile(99) / 1e6
    return [
      {
        name: 'photo of 12 MP: prepare, codes, text, catalogue',
        value: medianMs,
        unit: 'ms median',
        budget: `≤ ${budgetMs} ms`,
        ok: medianMs <= budgetMs,
        note: `n ${rounds}, slowest ${Math.round(timesMs.at(-1) ?? 0)} ms`,
      },
      {
        name: 'event loop delay while photos are read',
        value: loopMs,
        unit: 'ms p99',
        budget: `< ${loopBudgetMs} ms`,
        ok: loopMs < loopBudgetMs,
        note: `longest ${Math.round(loop.max / 1e6)} ms`,
      },
    ]
  },
} satisfies Bench

async function photograph(seed: number): Promise<Uint8Array> {
  const difficulty = { ...easyPhoto, sidePixels: [4000, 4000] as [number, number] }
  const { jpeg } = await photographLabels([device], difficulty, openRandom(40_000 + seed))
  return sharp(jpeg).jpeg({ quality: 90 }).toBuffer()
}
