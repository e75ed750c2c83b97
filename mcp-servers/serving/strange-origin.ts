const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/**
 * A sentence when the request did not come for this address or came from a page of another one, else null. A missing
 * Origin passes (programs send none), so this never stands in for a token or a session.
 */
export function strangeOrigin(headers: Headers, hostNames: readonly string[]): string | null {
  const host = headers.get('host')
  const name = host === null ? null : URL.parse(`http://${host}`)?.hostname
  if (!name || ![...loopbackNames, ...hostNames].includes(name))
    return 'HWLab does not answer under this host name. Use the address that `npm start` printed.'
  const origin = headers.get('origin')
  if (origin !== null && URL.parse(origin)?.host !== host)
    return 'Pages of another origin may not call HWLab. Open HWLab itself.'
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none'
    ? null
    : 'Pages of another site may not call HWLab. Open HWLab itself.'
}
