import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const resultSchema = z.object({
  model: z.string(),
  /** `tools`, `restraint`, `photos` */
  suite: z.string(),
  name: z.string(),
  epoch: z.number(),
  end: z.enum(['passed', 'failed', 'not-asked', 'no-answer']),
  /** The first thing that was wrong; stays in this folder. */
  why: z.string(),
  /** What was right on a photo. */
  right: z.record(z.string(), z.boolean()),
  turnMs: z.array(z.number()),
  ...{ outputTokens: z.number(), costUsd: z.number() },
  ...{ toolCalls: z.number(), misused: z.number(), salvaged: z.number() },
})
/** One case, tried once. `not-asked`: Commands answered it; it says nothing about the model. */
export type Result = z.infer<typeof resultSchema>

export interface RunFolder {
  path: string
  results(): Result[]
  /** On disk when it returns. */
  append(result: Result): void
}

/** A folder for one run, named after when it began; `resume`: the newest one there is. */
export function openRunFolder(base: string, resume: boolean, nowMs: number): RunFolder | null {
  mkdirSync(base, { recursive: true })
  const newest = readdirSync(base)
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .at(-1)
  if (resume && newest === undefined) return null
  const path = join(base, resume && newest !== undefined ? newest : nameOf(nowMs))
  mkdirSync(path, { recursive: true })
  const file = join(path, 'results.jsonl')
  const results = existsSync(file) ? readResults(file) : []
  return {
    path,
    results: () => results,
    append(result) {
      const handle = openSync(file, 'a')
      writeSync(handle, `${JSON.stringify(result)}\n`)
      fsyncSync(handle)
      closeSync(handle)
      results.push(result)
    },
  }
}

function nameOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-')
}

/** A line that was cut by a crash is tried again. */
function readResults(file: string): Result[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const parsed = resultSchema.safeParse(JSON.parse(line))
        return parsed.success ? [parsed.data] : []
      } catch {
        return []
      }
    })
}
