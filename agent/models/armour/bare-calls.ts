/** Keys that a call may begin with; `type` and `id` come before the name in OpenAI's own form. */
const firstKeys = new Set([
  ...['name', 'tool', 'tool_name', 'tool_call', 'tool_calls', 'function', 'function_name', 'action'],
  ...['type', 'id', 'arguments', 'parameters'],
])

/**
 * Does a call without markup begin here, at the start of a line? JSON with or without a fence, `call:NAME{` without its
 * tokens (osaurus-ai/vmlx-swift#128), `commentary to=functions.NAME` without its tokens (raullenchai/Rapid-MLX#480).
 */
export function bareCallAt(text: string, isEnd: boolean): 'call' | 'maybe' | 'text' {
  const unsure = isEnd ? 'text' : 'maybe'
  if (text[0] === 'c') return namedVerdict(text, unsure)
  const fence = /^```\w{0,12}[ \t]*(?:\r?\n\s*|(?=[[{])|$)/.exec(text)
  if (text[0] === '`' && !fence) return /^`{1,2}$/.test(text) ? unsure : 'text'
  const inside = text.slice(fence?.[0].length ?? 0)
  const python = pythonVerdict(inside, text.startsWith('```tool_code'), unsure)
  if (python !== 'text') return python
  const body = inside.replace(/^\[\s*/, '')
  if (body === '') return unsure
  if (body[0] !== '{') return 'text'
  const key = /^\{\s*(?:"(\w{0,20})(?:"\s*(:)?)?)?/.exec(body)
  if (!key) return 'text'
  if (key[2] && firstKeys.has(key[1] ?? '')) return 'call'
  return key[0].length === body.length && !key[2] ? unsure : 'text'
}

/** `[name(`, or in Gemma 3’s own fence `name(` and `print(`. */
function pythonVerdict(
  text: string,
  isToolCode: boolean,
  unsure: 'maybe' | 'text',
): 'call' | 'maybe' | 'text' {
  if (!isToolCode && text[0] !== '[') return 'text'
  const head = /^\[?\s*(?:[A-Za-z_][\w.]{0,80}(\()?)?/.exec(text)?.[0] ?? ''
  if (head.endsWith('(')) return 'call'
  return head.length === text.length ? unsure : 'text'
}

function namedVerdict(text: string, unsure: 'maybe' | 'text'): 'call' | 'maybe' | 'text' {
  for (const opening of ['call:', 'commentary to=functions.']) {
    if (text.length < opening.length && opening.startsWith(text)) return unsure
    if (!text.startsWith(opening)) continue
    const rest = text.slice(opening.length, opening.length + 140)
    if (/^[\w.:/-]{1,120}[^{\n]{0,20}\{/.test(rest)) return 'call'
    return rest.length < 140 && /^[\w.:/-]{0,120}[^{\n]{0,20}$/.test(rest) ? unsure : 'text'
  }
  return 'text'
}
