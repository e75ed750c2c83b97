import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { ModelsFileSetting } from '../config.ts'
import { quirks } from './model-entry.ts'
import type { ModelServer } from './providers.ts'

const modelId = z.string().min(1).max(200)
const usd = z.number().min(0).max(10_000)

const rowSchema = z.strictObject({
  name: z
    .string()
    .max(40)
    .regex(/[\p{L}\p{N}]/u),
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Left out: as the address looks. */
  where: z.enum(['local', 'cloud']).optional(),
  tier: z.int().min(1).max(3).optional(),
  keyVariable: z.string().min(1).max(100).optional(),
  keyFile: z.string().min(1).max(500).optional(),
  model: modelId.optional(),
  models: z.array(modelId).max(50).optional(),
  price: z
    .strictObject({
      inputUsdPerMillion: usd,
      outputUsdPerMillion: usd,
      imageUsd: usd.default(0),
      requestUsd: usd.default(0),
    })
    .optional(),
  quirks: z.array(z.enum(quirks)).default([]),
  /** Ollama only. */
  windowTokens: z.int().min(1024).max(1_048_576).optional(),
})
const fileSchema = z.strictObject({ servers: z.array(rowSchema).max(20) })
type Row = z.infer<typeof rowSchema>

export type ProvidersFile =
  | { kind: 'absent' }
  | { kind: 'wrong'; why: string }
  | { kind: 'rows'; servers: ModelServer[] }

const fileCharactersMax = 200_000

/** Reads the providers file. Never throws; what is wrong is a sentence that repeats no value of the file. */
export function readProvidersFile({ path, isNamed, readKey }: ModelsFileSetting): ProvidersFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isAbsent && !isNamed) return { kind: 'absent' }
    const what = isAbsent ? 'is not there' : 'cannot be read'
    return { kind: 'wrong', why: `HWLAB_MODELS names ${path}, which ${what}.` }
  }
  try {
    if (text.length > fileCharactersMax) throw new FileError('The file is too long for a list of servers.')
    const rows = parseRows(text)
    return { kind: 'rows', servers: rows.map((row) => toServer(row, dirname(path), readKey)) }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return { kind: 'wrong', why: error.message }
  }
}

class FileError extends Error {}

function parseRows(text: string): Row[] {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    throw new FileError(`It is not JSON${line ? `: look at line ${line}` : ''}.`)
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) throw new FileError(issueWords(parsed.error))
  const ids = parsed.data.servers.map(({ name }) => idOf(name))
  const twice = parsed.data.servers.find((_, at) => ids.indexOf(ids[at] ?? '') !== at)
  if (twice) throw new FileError(`Two servers are called “${twice.name}”. Give each a name of its own.`)
  return parsed.data.servers
}

function issueWords({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path ?? []
  const row = typeof path[1] === 'number' ? `Server ${path[1] + 1}: ` : ''
  const field = path.slice(2).join('.')
  if (issue?.code !== 'unrecognized_keys')
    return `${row}${field === '' ? 'something is missing or of the wrong kind' : `“${field}” is missing or wrong`} (${expected(field)}).`
  const [key = ''] = issue.keys
  if (/key|token|secret/i.test(key))
    return `${row}a key is not written into this file. Name its variable (“keyVariable”) or its file (“keyFile”) instead of “${key}”.`
  const known = path.length < 2 ? ['servers'] : Object.keys(rowSchema.shape)
  return `${row}“${key}” is not known here. Known are ${known.join(', ')}.`
}

function expected(field: string): string {
  const [name = ''] = field.split('.')
  const forms: Record<string, string> = {
    name: 'up to 40 characters, a letter or digit among them',
    baseUrl: 'an address like http://10.0.0.5:8000/v1',
    where: 'local or cloud',
    tier: '1 local, 2 small in the cloud, 3 strong in the cloud',
    price: 'inputUsdPerMillion and outputUsdPerMillion, numbers',
    quirks: quirks.join(', '),
    windowTokens: 'what Ollama shall load a model with, 1024 to 1048576',
  }
  return forms[name] ?? '{"servers": [{"name": "Attic", "baseUrl": "http://10.0.0.5:8000/v1"}]}'
}

function toServer(row: Row, folder: string, readKey: ModelsFileSetting['readKey']): ModelServer {
  const { name, tier, price = null, model, models = [], windowTokens = null } = row
  const url = new URL(row.baseUrl)
  if (url.username || url.password)
    throw new FileError(
      `Server “${name}”: take the name and password out of its address; a key goes into “keyFile”.`,
    )
  if (url.search || url.hash)
    throw new FileError(
      `Server “${name}”: take what follows the “${url.search ? '?' : '#'}” out of its address, that sign too; a key goes into “keyFile”.`,
    )
  const where = row.where ?? (isNearby(url.hostname) ? 'local' : 'cloud')
  return {
    ...{ name, where, price, quirks: row.quirks, windowTokens },
    id: idOf(name),
    baseUrl: row.baseUrl.replace(/\/+$/, ''),
    apiKey: keyOf(row, folder, readKey),
    tier: tier ?? (where === 'local' ? 1 : 2),
    only: [...(model === undefined ? [] : [model]), ...models],
  }
}

/** Begins the keys of its models. */
function idOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

function keyOf(row: Row, folder: string, readKey: ModelsFileSetting['readKey']): string | null {
  const { name, keyVariable, keyFile } = row
  if (keyVariable && keyFile)
    throw new FileError(`Server “${name}” has “keyVariable” and “keyFile”. Keep one.`)
  if (keyVariable) {
    const found = readKey(keyVariable)
    if (found.kind === 'missing') throw new FileError(`Server “${name}”: ${found.why}`)
    return found.key
  }
  if (!keyFile) return null
  try {
    const key = readFileSync(resolve(folder, keyFile), 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
    if (key !== '' && key.length < 10_000) return key
  } catch {
    // Told below.
  }
  throw new FileError(`Server “${name}”: its “keyFile” is not there, or does not hold one key.`)
}

const nearbyIpv4 =
  /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./

/** An address of this network; everything else may leave the house. */
function isNearby(host: string): boolean {
  if (isIPv4(host)) return nearbyIpv4.test(host)
  if (host.startsWith('[')) return /^\[(::1|f[cd][0-9a-f:]+|fe80[0-9a-f:]*)\]$/i.test(host)
  return !host.includes('.') || /\.(local|lan|home|internal|home\.arpa)$/i.test(host)
}
