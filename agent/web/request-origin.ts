import { hostname, networkInterfaces } from 'node:os'

/** What a request says about where it came from. */
export interface RequestOrigin {
  host: string | null | undefined
  origin: string | null | undefined
  fetchSite: string | null | undefined
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/**
 * The names under which this HWLab is called. A page of another name that was pointed at this machine (DNS rebinding) is
 * none of them.
 */
export function ownHostNames(boundHost: string): string[] {
  if (isLoopback(boundHost)) return loopbackNames
  const name = hostname().toLowerCase()
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))
  return [...loopbackNames, boundHost.toLowerCase(), name, `${name}.local`, ...addresses]
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** A sentence when the request was made for another name, else null. */
export function strangeHost(request: RequestOrigin, names: string[]): string | null {
  const name = request.host ? URL.parse(`http://${request.host}`)?.hostname : null
  return name && names.includes(name)
    ? null
    : 'HWLab does not answer under this name. Open the address that it printed when it started.'
}

/**
 * A sentence when a changing request did not come from HWLab's own pages, else null. The browser says so itself
 * (Sec-Fetch-Site); an older one sends Origin; a request with neither is refused, because the cookie comes along anyway.
 */
export function strangePage(request: RequestOrigin): string | null {
  const refusal = 'This was not asked from a page of HWLab, so nothing was done.'
  if (request.origin) {
    const from = URL.parse(request.origin)?.host
    if (!from || from !== request.host) return refusal
  }
  if (request.fetchSite) return request.fetchSite === 'same-origin' ? null : refusal
  return request.origin ? null : refusal
}
