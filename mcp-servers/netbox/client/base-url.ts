import { type Refusal, refused } from '../../serving/tool.ts'

/** The address as people paste it (with `/api`, slashes, a path prefix) becomes `https://host/prefix` without a slash. */
export function normaliseBaseUrl(text: string): { kind: 'base-url'; url: string } | Refusal {
  const trimmed = text.trim()
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed))
    return refused('NETBOX_URL must be an address such as https://netbox.example.')
  const url = new URL(trimmed)
  if (url.username !== '' || url.password !== '')
    return refused('NETBOX_URL must not hold a name or password. Put the token into NETBOX_TOKEN.')
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/api$/i, '')
    .replace(/\/+$/, '')
  return { kind: 'base-url', url: `${url.origin}${path}` }
}
