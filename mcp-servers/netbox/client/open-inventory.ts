import { type Clock, systemClock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { openEmbeddedNetbox } from '../embedded/open-embedded-netbox.ts'
import type { Release } from '../embedded/release.ts'
import { keepAsBackup } from '../move/keep-as-backup.ts'
import { authorization } from './authorization.ts'
import { normaliseBaseUrl } from './base-url.ts'
import { currentToken } from './current-token.ts'
import type { Inventory, Looked } from './inventory.ts'
import { inventoryOverRest } from './over-rest.ts'
import { privateCaFetch } from './private-ca-fetch.ts'
import { type Fetch, openRest } from './rest.ts'

export type InventoryConfig =
  | {
      kind: 'netbox'
      url: string
      token: string
      /** Where the token was read from: read again when it changes. */
      tokenFile?: string | null
      caFile: string | null
      /** Instead of the network. */
      fetch?: Fetch
      clock?: Clock
    }
  | {
      kind: 'embedded'
      database: LabDatabase
      fetch?: (inner: Fetch) => Fetch
      clock?: Clock
      /** Another NetBox to speak like, for tests. */
      release?: Release
    }

/** Opens NetBox or the embedded inventory. Does not connect. Throws a sentence when the configuration cannot work. */
export function openInventory(config: InventoryConfig): Inventory {
  return config.kind === 'netbox' ? openNetbox(config) : openEmbedded(config)
}

function openNetbox(config: InventoryConfig & { kind: 'netbox' }): Inventory {
  const base = normaliseBaseUrl(config.url)
  if (base.kind === 'refused') throw new Error(base.why)
  const checked = authorization(config.token)
  if (checked.kind === 'refused') throw new Error(checked.why)
  const token = currentToken(config.token, config.tokenFile ?? null)
  const privateCa = config.caFile === null || config.fetch ? null : privateCaFetch(config.caFile)
  const rest = openRest({
    baseUrl: base.url,
    authorization() {
      const header = authorization(token())
      return header.kind === 'refused' ? checked.value : header.value
    },
    fetch: config.fetch ?? privateCa?.fetch ?? ((request) => fetch(request)),
    clock: config.clock ?? systemClock,
  })
  return {
    ...inventoryOverRest(rest),
    kind: 'netbox',
    describe: () => `NetBox at ${base.url}`,
    close: async () => privateCa?.close(),
  }
}

const embeddedOrigin = 'http://embedded.invalid'

function openEmbedded(config: InventoryConfig & { kind: 'embedded' }): Inventory {
  const clock = config.clock ?? systemClock
  const embedded = openEmbeddedNetbox({
    database: config.database,
    nowMs: () => clock.nowMs(),
    ...(config.release ? { release: config.release } : {}),
  })
  const handler = keepAsBackup(config.database, embedded)
  const rest = openRest({
    baseUrl: embeddedOrigin,
    authorization: () => null,
    fetch: config.fetch ? config.fetch(handler) : handler,
    clock,
  })
  const over = inventoryOverRest(rest)
  const here = async (looked: Promise<Looked>): Promise<Looked> => {
    const answer = await looked
    if (answer.kind === 'away') return answer
    const records = answer.records.map((record) => ({ ...record, url: localUrl(record.url) }))
    return { kind: 'looked', records }
  }
  return {
    ...over,
    findByTag: (tag) => here(over.findByTag(tag)),
    findBySerial: (serial) => here(over.findBySerial(serial)),
    findByMac: (mac) => here(over.findByMac(mac)),
    findByHwlabId: (hwlabId) => here(over.findByHwlabId(hwlabId)),
    search: (text, limit) => here(over.search(text, limit)),
    get: (kind, id) => here(over.get(kind, id)),
    kind: 'embedded',
    describe: () => 'HWLab’s own inventory',
    close: async () => undefined,
  }
}

/** The embedded inventory has no web pages but HWLab's own: a path without a host. */
export function localUrl(url: string): string {
  return url.startsWith(embeddedOrigin) ? url.slice(embeddedOrigin.length) : url
}
