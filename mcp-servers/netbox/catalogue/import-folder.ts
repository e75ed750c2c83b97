import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { LabDatabase } from '../../serving/database.ts'
import { type CatalogueEntry, deviceTypeWriter } from './device-types.ts'

export interface CatalogueImport {
  imported: number
  updated: number
  /** Each file that was left out, with a sentence. */
  skipped: { file: string; why: string }[]
}

const source = 'community device-type library'
const maxFileBytes = 1_000_000
const batchFiles = 200

const name = z.union([z.string(), z.number()]).transform((value) => String(value).trim())
const deviceTypeFile = z.object({
  manufacturer: name.pipe(z.string().min(1).max(100)),
  model: name.pipe(z.string().min(1).max(100)),
  slug: z
    .string()
    .regex(/^[-a-zA-Z0-9_]+$/)
    .max(100),
  part_number: name.pipe(z.string().max(50)).nullish(),
  u_height: z.number().min(0).max(100).default(1),
  is_full_depth: z.boolean().default(true),
})
const moduleTypeFile = deviceTypeFile.pick({ manufacturer: true, model: true, part_number: true })

/**
 * Reads a checkout of the community device-type library (`device-types/<vendor>/*.yaml`, `module-types/<vendor>/*.yaml`).
 * Never throws for a bad file or folder: each is in `skipped` with a sentence.
 */
export async function importCatalogueFolder(database: LabDatabase, folder: string): Promise<CatalogueImport> {
  const result: CatalogueImport = { imported: 0, updated: 0, skipped: [] }
  const files = [
    ...(await yamlFiles(join(folder, 'device-types'), result, folder)).map((file) => ({
      file,
      module: false,
    })),
    ...(await yamlFiles(join(folder, 'module-types'), result, folder)).map((file) => ({
      file,
      module: true,
    })),
  ]
  if (files.length === 0 && result.skipped.length === 0)
    result.skipped.push({
      file: folder,
      why: 'There is no device-types or module-types folder with YAML files in it. Give the folder of the checkout itself.',
    })
  const write = deviceTypeWriter(database)
  for (let start = 0; start < files.length; start += batchFiles) {
    const read = await Promise.all(
      files.slice(start, start + batchFiles).map(async ({ file, module }) => ({
        file: relative(folder, file),
        outcome: await readEntry(file, module),
      })),
    )
    database.transaction(() => {
      for (const { file, outcome } of read) {
        if (outcome.kind === 'refused') result.skipped.push({ file, why: outcome.why })
        else {
          const written = write(outcome.entry, 'imported')
          if (written === 'added') result.imported += 1
          if (written === 'updated') result.updated += 1
        }
      }
    })()
  }
  return result
}

async function yamlFiles(folder: string, result: CatalogueImport, root: string): Promise<string[]> {
  const vendors = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files: string[] = []
  for (const vendor of vendors.filter((entry) => entry.isDirectory())) {
    const path = join(folder, vendor.name)
    const entries = await readdir(path, { withFileTypes: true }).catch(() => null)
    if (!entries)
      result.skipped.push({
        file: relative(root, path),
        why: 'This folder cannot be read; check its rights.',
      })
    for (const entry of entries ?? [])
      if (entry.isFile() && /\.ya?ml$/i.test(entry.name)) files.push(join(path, entry.name))
  }
  return files.sort()
}

type ReadEntry = { kind: 'read'; entry: CatalogueEntry } | { kind: 'refused'; why: string }

async function readEntry(file: string, module: boolean): Promise<ReadEntry> {
  const text = await readText(file)
  if (text === null) return { kind: 'refused', why: 'It cannot be read, or is larger than 1 MB.' }
  let document: unknown
  try {
    document = parse(text, { maxAliasCount: 20, logLevel: 'error' })
  } catch {
    return { kind: 'refused', why: 'It is not valid YAML.' }
  }
  const checked = module ? readModule(document) : readDevice(document)
  return checked.kind === 'read' && checked.entry.manufacturerSlug === ''
    ? { kind: 'refused', why: 'Its manufacturer has no letters or digits.' }
    : checked
}

async function readText(file: string): Promise<string | null> {
  try {
    const { size } = await stat(file)
    return size > maxFileBytes ? null : await readFile(file, 'utf8')
  } catch {
    return null
  }
}

function readDevice(document: unknown): ReadEntry {
  const parsed = deviceTypeFile.safeParse(document)
  if (!parsed.success) return { kind: 'refused', why: sentence(parsed.error) }
  const { manufacturer, model, slug, part_number, u_height, is_full_depth } = parsed.data
  return {
    kind: 'read',
    entry: {
      ...named(manufacturer, model, part_number),
      slug,
      uHeight: u_height,
      isFullDepth: is_full_depth,
    },
  }
}

function readModule(document: unknown): ReadEntry {
  const parsed = moduleTypeFile.safeParse(document)
  if (!parsed.success) return { kind: 'refused', why: sentence(parsed.error) }
  const { manufacturer, model, part_number } = parsed.data
  return {
    kind: 'read',
    entry: {
      ...named(manufacturer, model, part_number),
      slug: slugOf(`${manufacturer} ${model} module`),
      uHeight: 0,
      isFullDepth: false,
    },
  }
}

function named(manufacturer: string, model: string, partNumber: string | null | undefined) {
  return {
    manufacturer,
    manufacturerSlug: slugOf(manufacturer),
    model,
    partNumber: partNumber || null,
    role: null,
    keySpec: null,
    source,
  }
}

/** As NetBox makes one: lower case, dashes for everything else, at most 100 characters. */
function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('+', '-plus')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100)
}

function sentence(error: z.ZodError): string {
  const issue = error.issues[0]
  const path = issue?.path.join('.')
  if (!path) return 'It is not a device type: the file holds no mapping.'
  return `Its “${path}” is missing or not what the library's schema asks for.`
}
