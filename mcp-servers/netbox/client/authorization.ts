import { type Refusal, refused } from '../../serving/tool.ts'

/**
 * The `Authorization` value. A token that begins with `nbt_` is a v2 token (NetBox 4.5 and later) and is a bearer token;
 * any other is v1. Source: NetBox docs/integrations/rest-api.md.
 */
export function authorization(token: string): { kind: 'authorization'; value: string } | Refusal {
  const trimmed = token.trim()
  if (trimmed === '') return refused('NETBOX_TOKEN is empty. Create a token in NetBox under API Tokens.')
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    return refused('NETBOX_TOKEN holds a blank or a line break. Copy the token again, alone on its line.')
  return {
    kind: 'authorization',
    value: trimmed.startsWith('nbt_') ? `Bearer ${trimmed}` : `Token ${trimmed}`,
  }
}
