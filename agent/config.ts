import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

/** Everything that a person can set, parsed once. `secrets` are the values that no log may show; keys that are read later join them. */
export interface AgentConfig {
  stateDir: string
  host: string
  port: number
  readOnly: boolean
  netbox: { url: string; token: string; tokenFile: string | null; caFile: string | null } | null
  searxngUrl: string | null
  openRouterKey: string | null
  /** Model servers that a person names, beside the ones found on this machine. */
  modelsFile: ModelsFileSetting
  logLevel: string
  secrets: string[]
}

export interface ModelsFileSetting {
  /** `HWLAB_MODELS`, else `models.json` in the state folder. */
  path: string
  isNamed: boolean
  /** A key by its variable, or by the file that `<variable>_FILE` names; read anew each time. */
  readKey(variable: string): { kind: 'key'; key: string } | { kind: 'missing'; why: string }
}

export type ConfigOutcome = { kind: 'config'; config: AgentConfig } | { kind: 'refused'; whys: string[] }

type Environment = Record<string, string | undefined>

/** A setting that is wrong; collected, so that a person sees all of them at once. */
class SettingError extends Error {}

/** Reads the environment, and `.env` in `folder` for what the environment does not say. Never throws. */
export function readConfig(environment: Environment = process.env, folder = process.cwd()): ConfigOutcome {
  const whys: string[] = []
  const told = { ...dotEnv(folder), ...dropEmpty(environment) }
  function take<Value>(read: () => Value, fallback: Value): Value {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SettingError)) throw error
      whys.push(error.message)
      return fallback
    }
  }
  take(() => refuseUncheckedTls(told), undefined)
  const netbox = take(() => readNetbox(told, folder), null)
  const openRouterKey = take(() => secret(told, 'OPENROUTER_API_KEY', folder), null)
  const stateDir = resolve(folder, told.HWLAB_STATE_DIR ?? 'data')
  const config: AgentConfig = {
    stateDir,
    host: told.HWLAB_HOST ?? '127.0.0.1',
    port: take(() => readPort(told), 4610),
    readOnly: take(() => readMode(told), false),
    netbox,
    searxngUrl: take(() => readUrl(told, 'SEARXNG_URL'), null),
    openRouterKey,
    modelsFile: {
      path: told.HWLAB_MODELS ? resolve(folder, told.HWLAB_MODELS) : join(stateDir, 'models.json'),
      isNamed: told.HWLAB_MODELS !== undefined,
      readKey: (variable) => readKey({ ...dotEnv(folder), ...dropEmpty(environment) }, variable, folder),
    },
    logLevel: told.HWLAB_LOG_LEVEL ?? 'info',
    secrets: [netbox?.token, openRouterKey].flatMap((value) => value ?? []),
  }
  return whys.length > 0 ? { kind: 'refused', whys } : { kind: 'config', config }
}

function dotEnv(folder: string): Environment {
  const path = join(folder, '.env')
  return existsSync(path) ? dropEmpty(parseEnv(readFileSync(path, 'utf8'))) : {}
}

/** `NETBOX_URL=` is the same as not setting it. */
function dropEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
}

function refuseUncheckedTls(told: Environment): void {
  if (told.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new SettingError(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off every certificate check. Remove it; for a private authority set NETBOX_CA_FILE.',
    )
  }
}

function readNetbox(told: Environment, folder: string): AgentConfig['netbox'] {
  const url = readUrl(told, 'NETBOX_URL')
  const token = secret(told, 'NETBOX_TOKEN', folder)
  if (!url && !token) return null
  if (!url) throw new SettingError('NETBOX_TOKEN is set but NETBOX_URL is not. Set both, or neither.')
  if (!token) throw new SettingError('NETBOX_URL is set but NETBOX_TOKEN is not. Set both, or neither.')
  const caFile = told.NETBOX_CA_FILE ? resolve(folder, told.NETBOX_CA_FILE) : null
  if (caFile && !existsSync(caFile))
    throw new SettingError(`NETBOX_CA_FILE names ${caFile}, which is not there.`)
  const tokenFile = told.NETBOX_TOKEN_FILE ? resolve(folder, told.NETBOX_TOKEN_FILE) : null
  return { url, token, tokenFile, caFile }
}

function readUrl(told: Environment, name: string): string | null {
  const text = told[name]?.trim()
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new SettingError(`${name} is not a web address. Write it like http://netbox.example:8000`)
  if (url.username || url.password)
    throw new SettingError(`${name} must not hold a name or password. Take them out of the address.`)
  return text.replace(/\/+$/, '')
}

function readPort(told: Environment): number {
  const port = Number(told.HWLAB_PORT ?? 4610)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SettingError('HWLAB_PORT must be a number from 0 to 65535.')
  return port
}

function readMode(told: Environment): boolean {
  const mode = told.HWLAB_MODE ?? 'normal'
  if (mode !== 'normal' && mode !== 'read-only')
    throw new SettingError('HWLAB_MODE can be read-only, or left out.')
  return mode === 'read-only'
}

/** `NAME`, or the first line of the file that `NAME_FILE` names; both set is an error. */
function secret(told: Environment, name: string, folder: string): string | null {
  const value = told[name]?.trim()
  const file = told[`${name}_FILE`]
  if (value && file) throw new SettingError(`${name} and ${name}_FILE are both set. Keep one.`)
  return file ? secretFile(resolve(folder, file), `${name}_FILE`) : (value ?? null)
}

const secretFileBytesMax = 10_000

function secretFile(path: string, setting: string): string {
  if (!existsSync(path)) throw new SettingError(`${setting} names ${path}, which is not there.`)
  const text = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
  if (text === '' || text.length > secretFileBytesMax)
    throw new SettingError(`${setting} names ${path}, which does not hold one secret.`)
  return text
}

function readKey(
  told: Environment,
  variable: string,
  folder: string,
): ReturnType<ModelsFileSetting['readKey']> {
  try {
    const key = secret(told, variable, folder)
    return key === null ? { kind: 'missing', why: `${variable} is not set.` } : { kind: 'key', key }
  } catch (error) {
    if (!(error instanceof SettingError)) throw error
    return { kind: 'missing', why: error.message }
  }
}
