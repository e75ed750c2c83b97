import type { Providers } from '../../agent/models/open-providers.ts'
import type { ModelServer } from '../../agent/models/providers.ts'

/** A server on this machine, as the providers file would name it. */
export function namedServer(wish: Partial<ModelServer> & { baseUrl: string }): ModelServer {
  const { where = 'local' } = wish
  return {
    ...{ id: 'test', name: 'Test server', where, tier: where === 'local' ? 1 : 2 },
    ...{ apiKey: null, only: [], price: null, quirks: [], windowTokens: null, ...wish },
  }
}

/** These servers and no others, and no file. */
export function namedProviders(servers: ModelServer[]): Providers {
  return { servers: () => servers, view: () => null, reload() {}, watch() {}, close() {} }
}
