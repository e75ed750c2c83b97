import type { ServerResponse } from 'node:http'
import { countTokens, type ScriptedModel } from './native-endpoints.ts'
import type { Asked } from './open-dialect-server.ts'
import type { Fault, Step } from './steps.ts'
import { countsOf, cut, endOf, writeBytes } from './write-reply.ts'

/** Ollama's own chat API. Sources: ollama/ollama api/types.go, docs/api.md and server/routes.go. */
export async function answerOllamaChat(
  { ask, steps, model }: { ask: Asked; steps: Step[]; model: ScriptedModel },
  bytesPerWrite: number | null,
  response: ServerResponse,
): Promise<void> {
  const windowTokens = ask.options?.num_ctx ?? model.contextTokens
  const promptTokens = countTokens(JSON.stringify([ask.messages, ask.tools ?? []]))
  if (promptTokens > windowTokens && ask.truncate === false) {
    refuse(response, 400, overflow(promptTokens, windowTokens))
    return
  }
  for (const step of steps) if (step.kind === 'fault' && failsAtOnce(step.fault, response)) return
  const words = steps.map((step) => ('text' in step ? step.text : '')).join('')
  const counted = {
    ...{ promptTokens: Math.min(promptTokens, windowTokens), costUsd: 0 },
    completionTokens: Math.max(1, countTokens(words)),
  }
  const about = { model: ask.model, created_at: '2026-11-20T12:00:00.000000Z' }
  const send = (line: Record<string, unknown>) =>
    writeBytes(`${JSON.stringify({ ...about, ...line })}\n`, bytesPerWrite, response)
  const isStream = ask.stream !== false
  response.setHeader('content-type', isStream ? 'application/x-ndjson' : 'application/json; charset=utf-8')

  const whole: { content: string; thinking: string; calls: unknown[] } = {
    content: '',
    thinking: '',
    calls: [],
  }
  async function saw(message: { content?: string; thinking?: string; tool_calls?: unknown[] }) {
    whole.content += message.content ?? ''
    whole.thinking += message.thinking ?? ''
    whole.calls.push(...(message.tool_calls ?? []))
    if (isStream) await send({ message: { role: 'assistant', content: '', ...message }, done: false })
  }
  for (const step of steps) {
    if (step.kind === 'say') for (const content of cut(step.text, step.pieces)) await saw({ content })
    else if (step.kind === 'think') await saw({ thinking: step.text })
    else if (step.kind === 'call') await saw({ tool_calls: [callOf(step, whole.calls.length)] })
    else if (step.kind === 'raw') await writeBytes(step.text, bytesPerWrite, response)
    else if (step.kind === 'hold') {
      response.flushHeaders()
      await step.until
    } else if (step.kind === 'fault') {
      await breaksOff(step.fault, isStream, bytesPerWrite, response)
      return
    }
  }
  const { reason } = endOf(steps)
  const { promptTokens: read, completionTokens: written } = countsOf(steps, counted)
  const message = {
    ...{ role: 'assistant', content: isStream ? '' : whole.content },
    ...(!isStream && whole.thinking !== '' ? { thinking: whole.thinking } : {}),
    ...(!isStream && whole.calls.length > 0 ? { tool_calls: whole.calls } : {}),
  }
  if (reason !== null || !isStream)
    await send({
      ...{ message, done: true, done_reason: reason === 'length' ? 'length' : 'stop' },
      ...{ total_duration: 1_000_000_000, prompt_eval_count: read, eval_count: written },
    })
  response.end()
}

function callOf({ id, name, args }: Extract<Step, { kind: 'call' }>, index: number) {
  let parsed: unknown = args
  try {
    parsed = JSON.parse(args)
  } catch {
    // Broken arguments are part of what a test wants to see.
  }
  return { id, function: { index, name, arguments: parsed } }
}

/** As the program below Ollama says it, in a string. */
function overflow(promptTokens: number, windowTokens: number): string {
  const message = `request (${promptTokens} tokens) exceeds the available context size (${windowTokens} tokens), try increasing it`
  const type = 'exceed_context_size_error'
  return JSON.stringify({
    error: { code: 400, message, type, n_prompt_tokens: promptTokens, n_ctx: windowTokens },
  })
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.end(JSON.stringify({ error }))
}

function failsAtOnce(what: Fault, response: ServerResponse): boolean {
  if (what.kind === 'status') {
    if (what.retryAfterSeconds !== undefined)
      response.setHeader('retry-after', String(what.retryAfterSeconds))
    refuse(response, what.status, what.message ?? 'secret-detail')
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

async function breaksOff(
  what: Fault,
  isStream: boolean,
  bytesPerWrite: number | null,
  response: ServerResponse,
): Promise<void> {
  if (what.kind === 'error-event') {
    if (!isStream) {
      refuse(response, what.status, what.message)
      return
    }
    await writeBytes(`${JSON.stringify({ error: what.message })}\n`, bytesPerWrite, response)
  }
  if (what.kind === 'reset') response.destroy()
  else response.end()
}
