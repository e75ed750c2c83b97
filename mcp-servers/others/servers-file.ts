import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'

/** Where the servers are named, and how the values that the file only names are found. */
export interface ServersFileSetting {
  path: string
  /** A variable's value, or that of the file that `<variable>_FILE` names; read anew each time. */
  readVariable(variable: string): { kind: 'key'; key: string } | { kind: 'missing'; why: string }
  /** What the file and its variables keep secret joins it: no log shows it. */
  secrets: string[]
}

export type ServerAddress =
  | { kind: 'program'; command: string; args: string[]; env: Record<string, string>; folder: string }
  | { kind: 'web'; url: string; headers: Record<string, string> }

/** `why` is a sentence about this entry; the others are in effect all the same. */
export type ServerEntry =
  | { kind: 'good'; name: string; address: ServerAddress }
  | { kind: 'wrong' | 'off'; name: string; why: string }

export type ServersFile =
  | { kind: 'absent' }
  | { kind: 'wrong'; why: string }
  | { kind: 'entries'; entries: ServerEntry[] }

const texts = z.record(z.string().max(200), z.string().max(10_000))
const programSchema = z.looseObject({
  command: z.string().min(1).max(1000),
  args: z.array(z.string().max(10_000)).max(100).default([]),
  env: texts.default({}),
  cwd: z.string().max(1000).optional(),
})
const webSchema = z.looseObject({ url: z.string().max(2000), headers: texts.default({}) })
const formSchema = z.looseObject({
  type: z.string().optional(),
  command: z.unknown().optional(),
  url: z.unknown().optional(),
  disabled: z.boolean().optional(),
})
const fileSchema = z.looseObject({ mcpServers: z.record(z.string(), z.unknown()) })

const fileCharactersMax = 200_000
const serversMax = 20
/** It begins the name of each of its tools, which models write and most of them take up to 64 characters of. */
const namePattern = /^[a-z][a-z0-9-]{0,23}$/
const takenNames = ['netbox', 'devices', 'searxng', 'hwlab', 'others']

const example = '{"mcpServers": {"proxmox": {"command": "npx", "args": ["-y", "some-package"]}}}'

/** Reads the file in the form that most MCP clients share. Never throws; no sentence repeats a value of the file. */
export function readServersFile(setting: ServersFileSetting): ServersFile {
  let text: string
  try {
    text = readFileSync(setting.path, 'utf8')
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return isAbsent
      ? { kind: 'absent' }
      : { kind: 'wrong', why: 'It cannot be read. Look at its permissions.' }
  }
  if (text.length > fileCharactersMax)
    return { kind: 'wrong', why: 'The file is too long for a list of servers.' }
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    return { kind: 'wrong', why: `It is not JSON${line ? `: look at line ${line}` : ''}.` }
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) return { kind: 'wrong', why: `“mcpServers” is missing. Write it like ${example}` }
  const all = Object.entries(parsed.data.mcpServers)
  if (all.length > serversMax)
    return { kind: 'wrong', why: `It names ${all.length} servers; HWLab takes up to ${serversMax}.` }
  return { kind: 'entries', entries: all.map(([name, value]) => readEntry(name, value, setting)) }
}

class EntryError extends Error {}

function readEntry(name: string, value: unknown, setting: ServersFileSetting): ServerEntry {
  const shownName = name.replace(/[^\w .-]+/g, '').slice(0, 40) || 'unnamed'
  try {
    if (!namePattern.test(name))
      throw new EntryError('Its name has up to 24 small letters, digits or -, and begins with a letter.')
    if (takenNames.includes(name))
      throw new EntryError(`“${name}” is a name of HWLab’s own. Give it another one.`)
    const form = formSchema.safeParse(value)
    if (!form.success) throw new EntryError(`It is not an entry like ${example}`)
    if (form.data.disabled) return { kind: 'off', name, why: 'Switched off in the file (“disabled”).' }
    const isWeb = form.data.url !== undefined
    if (isWeb && form.data.command !== undefined)
      throw new EntryError('It has “command” and “url”. Keep the one that is meant.')
    return {
      kind: 'good',
      name,
      address: isWeb ? webOf(value, form.data.type, setting) : programOf(value, setting),
    }
  } catch (error) {
    if (!(error instanceof EntryError)) throw error
    return { kind: 'wrong', name: shownName, why: error.message }
  }
}

function programOf(value: unknown, setting: ServersFileSetting): ServerAddress {
  const parsed = programSchema.safeParse(value)
  if (!parsed.success) throw new EntryError(`${wrongField(parsed.error)} Write it like ${example}`)
  const { command, args, env, cwd } = parsed.data
  const fill = filler(setting)
  keepSecret(env, setting.secrets)
  return {
    kind: 'program',
    command: fill(command),
    args: args.map(fill),
    env: mapValues(env, fill),
    folder: resolve(dirname(setting.path), fill(cwd ?? '.')),
  }
}

function webOf(value: unknown, type: string | undefined, setting: ServersFileSetting): ServerAddress {
  if (type === 'sse')
    throw new EntryError('HWLab does not speak the old form “sse”. Most servers offer “http” as well.')
  const parsed = webSchema.safeParse(value)
  if (!parsed.success)
    throw new EntryError(
      `${wrongField(parsed.error)} Write it like {"type": "http", "url": "http://10.0.0.5:8080/mcp"}`,
    )
  const fill = filler(setting)
  const { headers } = parsed.data
  keepSecret(headers, setting.secrets)
  const url = URL.canParse(fill(parsed.data.url)) ? new URL(fill(parsed.data.url)) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new EntryError('Its “url” is not a web address. Write it like http://10.0.0.5:8080/mcp')
  if (url.username || url.password)
    throw new EntryError('Take the name and password out of its “url”; they go into “headers”.')
  return { kind: 'web', url: url.href, headers: mapValues(headers, fill) }
}

function wrongField({ issues: [issue] }: z.ZodError): string {
  const field = String(issue?.path[0] ?? '')
  return field === '' ? 'It is not an object.' : `“${field}” is missing or of the wrong kind.`
}

/** `${NAME}`, `${NAME:-instead}` or `${file:path}`, the path from the folder of the file. */
function filler({ path, readVariable, secrets }: ServersFileSetting): (text: string) => string {
  function readValue(name: string, instead: string | undefined): string {
    const found = name.startsWith('file:')
      ? fileText(resolve(dirname(path), name.slice('file:'.length)))
      : readVariable(name)
    if (found.kind === 'missing') {
      if (instead !== undefined) return instead
      throw new EntryError(found.why)
    }
    if (!secrets.includes(found.key)) secrets.push(found.key)
    return found.key
  }
  return (text) =>
    text.replaceAll(/\$\{(file:[^}]{1,500}|[A-Za-z_]\w{0,99})(?::-([^}]*))?\}/g, (_, name, instead) =>
      readValue(name, instead),
    )
}

function fileText(path: string): { kind: 'key'; key: string } | { kind: 'missing'; why: string } {
  try {
    const key = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
    if (key !== '' && key.length < 10_000) return { kind: 'key', key }
  } catch {
    // Told below.
  }
  return {
    kind: 'missing',
    why: 'A file that it names is not there, or does not hold one value.',
  }
}

/** Many people write keys right into this file: “Bearer …” is one, and so is what follows it. */
function keepSecret(values: Record<string, string>, secrets: string[]): void {
  for (const [name, value] of Object.entries(values)) {
    const isSecret = /token|key|secret|pass|auth|credential|cookie/i.test(name) && !value.includes('${')
    const [, credential] = /^[a-z-]+ (\S{8,})$/i.exec(value) ?? []
    const found = isSecret ? [value, credential] : []
    for (const secret of found) if (secret !== undefined && !secrets.includes(secret)) secrets.push(secret)
  }
}

function mapValues(
  values: Record<string, string>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
