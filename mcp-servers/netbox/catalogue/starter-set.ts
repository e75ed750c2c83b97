import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabDatabase } from '../../serving/database.ts'
import { type CatalogueEntry, deviceTypeWriter } from './device-types.ts'

const starterFolder = join(import.meta.dirname, 'starter')

const header =
  'manufacturer\tmanufacturer_slug\tmodel\tslug\tpart_number\tu_height\tis_full_depth\trole\tkey_spec\tsource'

/** The rows of one `starter/<group>.tsv`; an empty cell is unknown. Throws on a malformed row, because that is a bug. */
function parseStarterFile(text: string, file: string): CatalogueEntry[] {
  const [first, ...lines] = text.split('\n').filter((line) => line !== '')
  if (first !== header) throw new Error(`${file} does not start with the header of a starter file`)
  return lines.map((line) => {
    const cells = line.split('\t')
    const [manufacturer, manufacturerSlug, model, slug, partNumber, height, depth, role, keySpec, source] =
      cells
    const uHeight = Number(height)
    if (
      cells.length !== 10 ||
      !manufacturer ||
      !manufacturerSlug ||
      !model ||
      !slug ||
      !source ||
      !(uHeight >= 0)
    )
      throw new Error(`${file} has a malformed row: ${line}`)
    return {
      manufacturer,
      manufacturerSlug,
      model,
      slug,
      partNumber: partNumber || null,
      uHeight,
      isFullDepth: depth === 'yes',
      role: role || null,
      keySpec: keySpec || null,
      source,
    }
  })
}

export function readStarterSet(): CatalogueEntry[] {
  return starterFiles().flatMap(({ file, text }) => parseStarterFile(text, file))
}

/** Writes the starter set once per version of it; rows that were imported since then stay as they are. */
export function seedStarterSet(database: LabDatabase): void {
  const files = starterFiles()
  const digest = createHash('sha256')
    .update(files.map(({ text }) => text).join('\n'))
    .digest('hex')
  const known = database
    .prepare<[string], { digest: string }>('select digest from starter_sets where digest = ?')
    .get(digest)
  if (known) return
  const write = deviceTypeWriter(database)
  database.transaction(() => {
    for (const { file, text } of files)
      for (const entry of parseStarterFile(text, file)) write(entry, 'starter')
    database.prepare<[string]>('insert into starter_sets (digest) values (?)').run(digest)
  })()
}

function starterFiles(): { file: string; text: string }[] {
  return readdirSync(starterFolder)
    .filter((file) => file.endsWith('.tsv'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(starterFolder, file), 'utf8') }))
}
