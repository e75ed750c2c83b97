import { readLooseArguments, readLooseObject, readLooseObjects } from './loose-value.ts'

/** A tool call that a model wrote as text. */
export interface FoundCall {
  name: string
  args: Record<string, unknown>
}

/** Longer than any call of ours; a model that writes more is not calling a tool. */
export const callCharactersMax = 32_000

/**
 * Reads what stood inside of call markup, whatever family it is of. Null when any of it cannot be read for certain.
 * Forms: Gemma 4 `call:NAME{…}`; JSON of Hermes, Llama 3, OpenAI and the like; Qwen3-Coder `<function=NAME><parameter=…>`;
 * GLM `<arg_key>`; `<invoke name=…>`; Mistral `NAME[ARGS]{…}`; Python `[NAME(key=…)]`; DeepSeek `NAME<｜tool▁sep｜>{…}`; gpt-oss `to=functions.NAME … {…}`.
 */
export function readCalls(body: string): FoundCall[] | null {
  if (body.length > callCharactersMax) return null
  const text = body.replaceAll('｜DSML｜', '').trim()
  if (text === '') return null
  if (text.includes('<function=')) return readTagged(text, /<function=([^>\s]{1,80})>([\s\S]*?)<\/function>/g)
  if (text.includes('<invoke ')) return readTagged(text, /<invoke name="([^"]{1,80})">([\s\S]*?)<\/invoke>/g)
  if (text.includes('<arg_key>')) return readArgKeys(text)
  if (pythonHead.test(text)) return readPythonCalls(text)
  if (/^(?:```\w*\s*)?[[{]/.test(text)) return readJsonCalls(text)
  return readNamed(text)
}

function readTagged(text: string, element: RegExp): FoundCall[] | null {
  const calls: FoundCall[] = []
  const rest = text.replace(element, (_, name: string, inner: string) => {
    const parameter = /<parameter(?:=| name=")([\w.-]{1,80})"?[^>]*>\n?([\s\S]*?)\n?<\/parameter>/g
    const pairs = [...inner.matchAll(parameter)].map(([, key = '', value = '']): [string, string] => [
      key,
      value,
    ])
    const left = inner.replace(parameter, '').trim()
    if (left === '') calls.push({ name, args: Object.fromEntries(pairs) })
    return left === '' ? '' : '?'
  })
  return calls.length > 0 && rest.trim() === '' ? calls : null
}

function readArgKeys(text: string): FoundCall[] | null {
  const name = /^[\w.:-]{1,80}/.exec(text)?.[0]
  if (!name) return null
  const pair = /<arg_key>([\w.-]{1,80})<\/arg_key>\s*<arg_value>([\s\S]*?)<\/arg_value>/g
  const pairs = [...text.matchAll(pair)].map(([, key = '', value = '']): [string, string] => [key, value])
  const rest = text.slice(name.length).replace(pair, '').trim()
  return rest === '' ? [{ name, args: Object.fromEntries(pairs) }] : null
}

const pythonHead = /^(?:```\w*\s*)?\[?\s*(?:print\(\s*)?([A-Za-z_][\w.]{1,80})\(/

/** `[name(key="value"), …]` of Llama 4, `print(name(key="value"))` of Gemma 3 (vllm-project/vllm#22917). */
function readPythonCalls(text: string): FoundCall[] | null {
  const calls: FoundCall[] = []
  let rest = text
  for (let head = pythonHead.exec(rest); head; head = pythonHead.exec(rest)) {
    const read = readLooseArguments(rest, head[0].length)
    if (!read) return null
    calls.push({ name: head[1] ?? '', args: read.value })
    const closing = head[0].includes('print(') ? /^\s*\)\s*/ : /^\s*/
    rest = rest.slice(read.end).replace(closing, '').replace(/^,\s*/, '')
  }
  return /^\]?\s*(?:```)?$/.test(rest) ? calls : null
}

function readJsonCalls(text: string): FoundCall[] | null {
  const calls: FoundCall[] = []
  let rest = text
  while (rest !== '') {
    const fence = /^```\w*\s*/.exec(rest)?.[0] ?? ''
    const read = readLooseObjects(rest, fence.length)
    if (!read || read.values.length === 0) return null
    for (const value of read.values) {
      const found = callsOf(value)
      if (!found) return null
      calls.push(...found)
    }
    rest = rest.slice(read.end).replace(/^\s*(?:```)?\s*/, '')
  }
  return calls
}

function callsOf(value: Record<string, unknown>): FoundCall[] | null {
  if (Array.isArray(value.tool_calls)) {
    const found = value.tool_calls.map((one) => (isRecord(one) ? callsOf(one) : null))
    const calls = found.flatMap((one) => one ?? [])
    return found.length > 0 && !found.includes(null) ? calls : null
  }
  const inner = isRecord(value.function) ? value.function : value
  const name = [
    inner.name,
    inner.tool,
    inner.tool_name,
    inner.function,
    inner.function_name,
    inner.action,
  ].find((one) => typeof one === 'string')
  const given = [inner.arguments, inner.parameters, inner.args, inner.input, inner.action_input].find(
    (one) => one !== undefined,
  )
  if (typeof name !== 'string') return null
  const args = typeof given === 'string' ? readLooseObject(given, 0)?.value : (given ?? {})
  return isRecord(args) ? [{ name, args }] : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands between two calls, and around the name. */
const between =
  /^(?:\s|```(?:json)?|\[TOOL_CALLS\]|<\|tool_call>|<tool_call\|>|<｜tool▁call▁(?:begin|end)｜>|function<｜tool▁sep｜>)+/
const named =
  /^(?:call:|commentary to=)?([\w.:/-]{1,120})(?:\[CALL_ID\]\w+)?(?:\[ARGS\]|<｜tool▁sep｜>|\s*<\|constrain\|>\w*|\s*<\|message\|>|\s*```json|\s+json|\s)*(?=[{(])/

/** Calls that are a name followed by an object. */
function readNamed(text: string): FoundCall[] | null {
  const calls: FoundCall[] = []
  let rest = text.replace(between, '')
  while (rest !== '') {
    const head = named.exec(rest)
    if (!head) return null
    const read = readNamedArguments(rest, head[0].length)
    if (!read) return null
    calls.push({ name: head[1] ?? '', args: read.value })
    rest = rest.slice(read.end).replace(between, '')
  }
  return calls.length > 0 ? calls : null
}

/** In long conversations Gemma 4 puts round brackets around them (jundot/omlx#1846, osaurus-ai/vmlx-swift#62). */
function readNamedArguments(text: string, from: number): ReturnType<typeof readLooseObject> {
  if (text[from] !== '(') return readLooseObject(text, from)
  const object = /^\(\s*(?=\{)/.exec(text.slice(from))
  if (!object) return readLooseArguments(text, from + 1)
  const read = readLooseObject(text, from + object[0].length)
  const closing = read ? /^\s*\)/.exec(text.slice(read.end)) : null
  return read && closing ? { value: read.value, end: read.end + closing[0].length } : null
}
