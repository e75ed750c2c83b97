import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Providers } from '../../agent/models/open-providers.ts'
import { readProvidersFile } from '../../agent/models/providers-file.ts'

/** A server of models, as a person would write it into the providers file. */
export interface WorldModel {
  name: string
  /** With `/v1`. */
  baseUrl: string
  key?: string
  where?: 'local' | 'cloud'
  tier?: number
  /** Left out: every model that it lists. */
  models?: string[]
  price?: { inputUsdPerMillion: number; outputUsdPerMillion: number }
  quirks?: string[]
}

/** Writes the providers file into the folder and reads it back. Nothing else is looked for: not what runs on this machine either. */
export function writeModelsFile(folder: string, models: WorldModel[]): Providers {
  const path = join(folder, 'models.json')
  const servers = models.map(({ key, ...row }, at) => {
    if (key === undefined) return row
    const keyFile = join(folder, `key-${at}`)
    writeFileSync(keyFile, key, { mode: 0o600 })
    return { ...row, keyFile }
  })
  writeFileSync(path, JSON.stringify({ servers }))
  const readKey = () => ({ kind: 'missing' as const, why: 'No key is read from the environment.' })
  const file = readProvidersFile({ path, isNamed: true, readKey })
  if (file.kind !== 'rows') throw new Error(`models.json: ${file.kind === 'wrong' ? file.why : 'gone'}`)
  return { servers: () => file.servers, view: () => null, reload() {}, watch() {}, close() {} }
}
