import type { ServerResponse } from 'node:http'
import type { Dialect } from './dialects.ts'
import type { Fault, ScriptedUsage, Step } from './steps.ts'

export interface ReplyAbout {
  id: string
  model: string
  isStream: boolean
  withUsage: boolean
  counted: Required<ScriptedUsage>
  /** Bytes per write; smaller than a character cuts it. Null: as they come. */
  bytesPerWrite: number | null
}

/** Writes the steps as the dialect does. */
export async function writeReply(
  steps: Step[],
  dialect: Dialect,
  about: ReplyAbout,
  response: ServerResponse,
): Promise<void> {
  if (dialect.name === 'openrouter') response.setHeader('x-generation-id', about.id)
  for (const step of steps) {
    if (step.kind === 'fault' && answersInstead(step.fault, dialect, response)) return
  }
  if (about.isStream) await writeStream(steps, dialect, about, response)
  else await writeWhole(steps, dialect, about, response)
}

/** A status, a page, a blank: the first thing that goes wrong is the whole answer. */
function answersInstead(what: Fault, dialect: Dialect, response: ServerResponse): boolean {
  if (what.kind === 'status') {
    const { status, retryAfterSeconds, message = 'secret-detail', errorType } = what
    response.statusCode = status
    if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(dialect.errorBody({ status, message, errorType })))
    return true
  }
  if (what.kind === 'page') {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Router</title><p>Sign in')
    return true
  }
  if (what.kind === 'blank') response.end()
  return what.kind === 'blank'
}

export function endOf(steps: Step[]): { reason: string | null } {
  const said = steps.findLast((step) => step.kind === 'finish')
  if (said) return { reason: said.reason }
  return { reason: steps.some((step) => step.kind === 'call') ? 'tool_calls' : 'stop' }
}

export function countsOf(steps: Step[], counted: Required<ScriptedUsage>): Required<ScriptedUsage> {
  const scripted = steps.findLast((step) => step.kind === 'usage')
  return { ...counted, ...scripted?.usage }
}

async function writeStream(
  steps: Step[],
  dialect: Dialect,
  about: ReplyAbout,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('content-type', 'text/event-stream')
  response.setHeader('cache-control', 'no-cache')
  const send = (text: string) => writeBytes(text, about.bytesPerWrite, response)
  const chunk = (choices: unknown[], extra: Record<string, unknown> = {}) => {
    const framed = dialect.frame(choices, { ...about, object: 'chat.completion.chunk' })
    return send(`data: ${JSON.stringify({ ...framed, ...extra })}\n\n`)
  }
  const delta = (fields: Record<string, unknown>, finish: string | null = null) =>
    chunk([choice(dialect, { delta: { ...dialect.everyDelta, ...fields } }, finish)])

  await send(dialect.keepAlive(about) ?? '')
  if (dialect.opening) await delta(dialect.opening)
  let calls = 0
  for (const step of steps) {
    if (step.kind === 'say') for (const piece of cut(step.text, step.pieces)) await delta({ content: piece })
    else if (step.kind === 'think') await delta({ [dialect.reasoningField]: step.text })
    else if (step.kind === 'call') {
      for (const part of callDeltas(step, calls, dialect.callsInPieces)) await delta({ tool_calls: [part] })
      calls += 1
    } else if (step.kind === 'raw') await send(step.text)
    else if (step.kind === 'hold') {
      await send(dialect.keepAlive(about) ?? '')
      await step.until
    } else if (step.kind === 'fault') {
      if (step.fault.kind === 'error-event') await send(dialect.errorEvent(step.fault, about))
      if (step.fault.kind === 'reset') response.destroy()
      else response.end()
      return
    }
  }
  const { reason } = endOf(steps)
  if (reason !== null) await delta({}, reason)
  if (about.withUsage || dialect.name === 'openrouter')
    await chunk(dialect.usageChoices, { usage: dialect.usage(countsOf(steps, about.counted)) })
  await send('data: [DONE]\n\n')
  response.end()
}

function callDeltas(
  step: Extract<Step, { kind: 'call' }>,
  index: number,
  inPieces: boolean,
): Record<string, unknown>[] {
  const { id, name, args } = step
  if (!inPieces) return [{ index, id, type: 'function', function: { name, arguments: args } }]
  return [
    { index, id, type: 'function', function: { name, arguments: '' } },
    ...cut(args, 3).map((piece) => ({ index, function: { arguments: piece } })),
  ]
}

function choice(dialect: Dialect, body: Record<string, unknown>, finish: string | null) {
  return { index: 0, ...body, finish_reason: finish, ...dialect.choiceFields(finish) }
}

export function cut(text: string, pieces: number): string[] {
  const size = Math.max(1, Math.ceil(text.length / pieces))
  const found: string[] = []
  for (let at = 0; at < text.length; at += size) found.push(text.slice(at, at + size))
  return found
}

/** One write after the other, each after the one before was taken, so that the reader sees the borders. */
export async function writeBytes(
  text: string,
  bytesPerWrite: number | null,
  response: ServerResponse,
): Promise<void> {
  const bytes = Buffer.from(text)
  const size = bytesPerWrite ?? Math.max(1, bytes.length)
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    await new Promise<void>((resolve) => response.write(piece, () => resolve()))
  }
}

async function writeWhole(
  steps: Step[],
  dialect: Dialect,
  about: ReplyAbout,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('content-type', 'application/json')
  const texts: string[] = []
  const thoughts: string[] = []
  const calls: unknown[] = []
  for (const step of steps) {
    if (step.kind === 'say') texts.push(step.text)
    else if (step.kind === 'think') thoughts.push(step.text)
    else if (step.kind === 'call') {
      const { id, name, args } = step
      calls.push({ id, type: 'function', function: { name, arguments: args } })
    } else if (step.kind === 'hold') await step.until
    else if (step.kind === 'raw') {
      response.end(step.text)
      return
    } else if (step.kind === 'fault') {
      failWhole(step.fault, dialect, response)
      return
    }
  }
  const message = {
    role: 'assistant',
    content: texts.length > 0 || calls.length === 0 ? texts.join('') : null,
    ...(thoughts.length > 0 ? { [dialect.reasoningField]: thoughts.join('') } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  }
  const framed = dialect.frame([choice(dialect, { message }, endOf(steps).reason)], {
    ...about,
    object: 'chat.completion',
  })
  response.end(JSON.stringify({ ...framed, usage: dialect.usage(countsOf(steps, about.counted)) }))
}

/** OpenRouter reports a provider's failure in a body with HTTP 200; the others close the connection or answer 500. */
function failWhole(what: Fault, dialect: Dialect, response: ServerResponse): void {
  if (what.kind !== 'error-event') {
    response.destroy()
    return
  }
  const { status, message, errorType } = what
  response.statusCode = dialect.name === 'openrouter' ? 200 : status
  response.end(JSON.stringify(dialect.errorBody({ status, message, errorType })))
}
