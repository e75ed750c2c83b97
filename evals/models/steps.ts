/** One thing that a scripted model server does while it answers a chat call; a reply is a list of them. */
export type Step =
  /** Text of the answer, in that many pieces. */
  | { kind: 'say'; text: string; pieces: number }
  /** Reasoning, in the field where the dialect puts it. */
  | { kind: 'think'; text: string }
  /** A tool call in the server's own field. `args` is the text of the arguments, so that it can be broken. */
  | { kind: 'call'; name: string; args: string; id: string }
  /** What the server says as finish reason whatever came; null: none. */
  | { kind: 'finish'; reason: string | null }
  | { kind: 'usage'; usage: ScriptedUsage }
  /** Nothing but the dialect's sign of life until the promise resolves. */
  | { kind: 'hold'; until: Promise<void> }
  /** A line of the stream (or the whole body) as it stands. */
  | { kind: 'raw'; text: string }
  | { kind: 'fault'; fault: Fault }

export interface ScriptedUsage {
  promptTokens?: number
  completionTokens?: number
  costUsd?: number
}

export type Fault =
  /** HTTP status instead of an answer, with the dialect's error body. */
  | { kind: 'status'; status: number; retryAfterSeconds?: number; message?: string; errorType?: string }
  /** A web page instead of an API, HTTP 200. */
  | { kind: 'page' }
  /** HTTP 200 and nothing in it. */
  | { kind: 'blank' }
  /** The connection is closed properly, but the answer has no end. */
  | { kind: 'cut' }
  /** The connection breaks. */
  | { kind: 'reset' }
  /** The dialect's error inside of a stream that began well. */
  | { kind: 'error-event'; status: number; message: string; errorType?: string }

export const say = (text: string, pieces = 4): Step => ({ kind: 'say', text, pieces })
export const think = (text: string): Step => ({ kind: 'think', text })
/** `args` as text is sent as it stands. */
export const call = (name: string, args: unknown, id = 'call_1'): Step => ({
  ...{ kind: 'call', name, id },
  args: typeof args === 'string' ? args : JSON.stringify(args),
})
export const finish = (reason: string | null): Step => ({ kind: 'finish', reason })
export const usage = (counts: ScriptedUsage): Step => ({ kind: 'usage', usage: counts })
export const hold = (until: Promise<void>): Step => ({ kind: 'hold', until })
export const raw = (text: string): Step => ({ kind: 'raw', text })
export const fault = (what: Fault): Step => ({ kind: 'fault', fault: what })
