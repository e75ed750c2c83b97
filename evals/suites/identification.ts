import { join } from 'node:path'
import { catalogueTables, openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { openPhotoReader } from '../../mcp-servers/netbox/photo/photo-reader.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { loadFolder } from '../../mcp-servers/serving/load-folder.ts'
import type { CaseResult, Rate, Suite } from '../case.ts'
import { type Graded, gradePhoto, pastTheGate } from '../checks/grade-photo.ts'
import { clopperPearson } from '../intervals.ts'
import type { IdentificationCase } from '../worlds/identification-case.ts'
import { photographLabels } from '../worlds/label-photo.ts'
import { inventDevice, type KnownModel } from '../worlds/made-up-device.ts'
import { openRandom, type Random } from '../worlds/random.ts'

const casesFolder = join(import.meta.dirname, '..', 'cases', 'identification')

function isCase(candidate: unknown): candidate is IdentificationCase {
  return (
    typeof candidate === 'object' && candidate !== null && 'photo' in candidate && 'quickCount' in candidate
  )
}

/** Generated label photos of known truth through the whole of what code alone can do with them. */
const identification: Suite = {
  name: 'identification',
  takesMinutes: true,
  async run({ quick, progress }) {
    const cases = await loadFolder(casesFolder, isCase)
    const database = openDatabase(':memory:', [catalogueTables])
    const catalogue = openCatalogue(database)
    const known = database
      .prepare<[], { manufacturer: string; model: string; partNumber: string | null }>(
        'select manufacturer, model, part_number partNumber from device_types order by slug',
      )
      .all()
    const reader = openPhotoReader({ workers: 1, limitMs: 120_000 })
    const results: CaseResult[] = []
    const broken: string[] = []
    for (const one of cases) {
      const graded: Graded[] = []
      const count = quick ? one.quickCount : one.count
      for (let at = 0; at < count; at++) {
        const random = openRandom(one.seed + at)
        const devices = Array.from({ length: one.labels }, () =>
          inventDevice(random, pickModel(known, random), one.hardSerials),
        )
        const photo = await photographLabels(devices, one.photo, random)
        graded.push(await gradePhoto({ photo, devices, catalogue, reader }))
      }
      const sentences = graded.flatMap(({ falseClaims }, at) =>
        falseClaims.map((claim) => `${one.name}, photo ${at} (seed ${one.seed + at}): ${claim}`),
      )
      broken.push(...sentences)
      results.push(summarise(one.name, graded))
      progress(`${one.name}, ${count} photos`)
    }
    await reader.close()
    database.close()
    broken.push(...gateFaults(results))
    return { suite: 'identification', cases: results, broken }
  },
}

/** Of all photos, from the targets of the project's reference; fewer fields than this show nothing either way. */
const gateLimit = { share: 0.95, low: 0.9, fields: 61 }

/** How often what passed the gate was right, with the interval that is never too narrow. */
function gateFaults(results: CaseResult[]): string[] {
  const passed = results.flatMap(({ rates }) =>
    Object.entries(rates).flatMap(([name, rate]) => (name.endsWith(pastTheGate) ? [rate] : [])),
  )
  const sum = (pick: keyof Rate) => passed.reduce((all, rate) => all + rate[pick], 0)
  const right: Rate = { hits: sum('hits'), of: sum('of') }
  if (right.of < gateLimit.fields) return []
  const { low } = clopperPearson(right)
  const isKept = right.hits / right.of >= gateLimit.share && low >= gateLimit.low
  return isKept
    ? []
    : [`Of ${right.of} fields that passed the gate, ${right.hits} were right (low ${low.toFixed(2)}).`]
}

/** One label in six shows a model that the catalogue does not have. */
function pickModel(known: Omit<KnownModel, 'inCatalogue'>[], random: Random): KnownModel {
  const entry = known[random.integer(0, known.length - 1)]
  if (entry && random.chance(5 / 6)) return { ...entry, inCatalogue: true }
  return {
    manufacturer: random.pick(['Northbeam', 'Ostrava Networks', 'Kestrel Compute', 'Lumenar']),
    model: `${random.letters('ABCDEFGHKLMNPRSTUVWX', 3)}-${random.integer(100, 9800)}${random.pick(['', 'E', 'P', 'X', '-24P'])}`,
    partNumber: random.chance(0.5) ? `${random.integer(100, 999)}-${random.integer(10_000, 99_999)}` : null,
    inCatalogue: false,
  }
}

function summarise(name: string, graded: Graded[]): CaseResult {
  const measures = [...new Set(graded.flatMap(({ measures }) => Object.keys(measures)))]
  const rates = measures.map((measure): [string, Rate] => {
    const counted = graded.map((one) => one.measures[measure]).filter((value) => value !== undefined)
    return [measure, { hits: counted.filter(Boolean).length, of: counted.length }]
  })
  const times = graded.map((one) => one.elapsedMs).sort((a, b) => a - b)
  return {
    name,
    n: graded.length,
    rates: Object.fromEntries(rates),
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
  }
}

export default identification
