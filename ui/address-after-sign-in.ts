/** Where to go after signing in: the `next` of the address when it is a path of this very site, else the chat. */
export function addressAfterSignIn(search: string, origin: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/'
  const url = next.startsWith('/') ? URL.parse(next, origin) : null
  // The whole address, because a path such as `/.//elsewhere` would be read as a host when it stands alone.
  return url?.origin === origin ? url.href : `${origin}/`
}
