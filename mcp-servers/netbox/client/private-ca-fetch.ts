import { readFileSync } from 'node:fs'
import type { Agent } from 'undici'
import type { Fetch } from './rest.ts'

/**
 * A fetch that trusts the given CA, and nothing else, for its own connections. Verification stays on. Throws when the
 * file cannot be read or is no PEM.
 */
export function privateCaFetch(caFile: string): { fetch: Fetch; close(): Promise<void> } {
  const ca = readFileSync(caFile, 'utf8')
  if (!ca.includes('-----BEGIN CERTIFICATE-----'))
    throw new Error(`NETBOX_CA_FILE (${caFile}) is not a PEM certificate. Export the CA as PEM (Base64).`)
  let opened: Promise<{ undici: typeof import('undici'); dispatcher: Agent }> | null = null
  return {
    async fetch(request) {
      opened ??= import('undici').then((undici) => ({
        undici,
        dispatcher: new undici.Agent({ connect: { ca } }),
      }))
      const { undici, dispatcher } = await opened
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
      const response = await undici.fetch(request.url, {
        method: request.method,
        headers: [...request.headers],
        body,
        redirect: 'manual',
        signal: request.signal,
        dispatcher,
      })
      const withoutBody = [204, 205, 304].includes(response.status)
      return new Response(withoutBody ? null : await response.arrayBuffer(), {
        status: response.status,
        headers: [...response.headers],
      })
    },
    close: async () => (await opened)?.dispatcher.close(),
  }
}
