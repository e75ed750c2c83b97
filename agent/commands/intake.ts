import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { catalogueTables, openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { describePhotos, type IntakeReport } from '../../mcp-servers/netbox/photo/describe-photos.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { type Command, type CommandWorld, misused } from '../command.ts'

const intake: Command = {
  name: 'intake',
  usage: ['intake <photo…> [--json]'],
  what: 'prints what the photos of one thing show, without a server, a model or an inventory',
  async run(words, world) {
    const paths = words.filter((word) => word !== '--json')
    if (paths.length === 0 || paths.some((path) => path.startsWith('--'))) return misused(intake, world)
    const photos = await Promise.all(
      paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path).catch(() => null) })),
    )
    const database = openDatabase(':memory:', [catalogueTables])
    try {
      const report = await describePhotos(photos, openCatalogue(database))
      if (words.includes('--json')) world.print(JSON.stringify(report, null, 2))
      else printWords(report, world)
      return report.photos.some((photo) => photo.kind === 'read') ? 0 : 1
    } finally {
      database.close()
    }
  },
}

export default intake

function printWords(report: IntakeReport, world: CommandWorld): void {
  for (const photo of report.photos) {
    if (photo.kind === 'refused') world.print(`${photo.name}: ${photo.why}`)
    else world.print(`${photo.name}: ${photo.codes.length} codes, ${photo.lines.length} lines of text`)
  }
  for (const { field, value, probability, standing } of report.fields) {
    if (value !== null) world.print(`  ${field}: ${value} (${Math.round(probability * 100)} %, ${standing})`)
  }
  world.print(`${report.gate.words}. ${report.nextAction}`)
}
