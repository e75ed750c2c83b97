import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import { ableToCall, answerProbe, type ProbedAbilities } from './answer-probe.ts'
import { isChat, type ModelProxy, openModelProxy, passOn } from './model-proxy.ts'
import { openDialectServer } from './open-dialect-server.ts'
import { say } from './steps.ts'

const recordingSchema = z.object({
  exchanges: z.record(
    z.string(),
    z.object({ status: z.number(), contentType: z.string(), body: z.string() }),
  ),
})
/** What a model server answered, by the hash of what it was asked. Keys and headers are not in it. */
export type Recording = z.infer<typeof recordingSchema>
export const readRecording = (json: string): Recording => recordingSchema.parse(JSON.parse(json))

/** Ids, ports and times differ from run to run and mean nothing to a model: they are numbered in the order in which they come. */
const passing = [
  { as: 'id', pattern: /[0-7][0-9A-HJKMNP-TV-Z]{25}/g },
  { as: 'id', pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g },
  { as: 'result', pattern: /(?<=result#)[a-z0-9]{6}/g },
  { as: 'port', pattern: /(?<=127\.0\.0\.1:)\d+/g },
  { as: 'time', pattern: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g },
]

/** The same for two requests that ask the same thing, however their fields are ordered. */
export function requestHash({ method, path, body }: { method: string; path: string; body: string }): string {
  const json: unknown = body === '' ? null : JSON.parse(body)
  let text = canonicalize(json) ?? ''
  for (const { as, pattern } of passing) {
    const seen = new Map<string, string>()
    text = text.replace(pattern, (one) => {
      const name = seen.get(one) ?? `<${as} ${seen.size + 1}>`
      seen.set(one, name)
      return name
    })
  }
  return createHash('sha256').update(`${method} ${path}\n${text}`).digest('hex').slice(0, 32)
}

/** Stands in front of a real server and writes down what it answers. */
export async function openRecorder(target: {
  baseUrl: string
  key?: string
}): Promise<ModelProxy & { recording: Recording }> {
  const recording: Recording = { exchanges: {} }
  const proxy = await openModelProxy(async (request, response) => {
    const { status, contentType, body } = await passOn(target, request)
    recording.exchanges[requestHash(request)] = { status, contentType, body: body.toString('utf8') }
    response.writeHead(status, { 'content-type': contentType })
    response.end(body)
  })
  return { ...proxy, recording }
}

/**
 * Answers as recorded. What was not recorded is refused, and told in `unknown`: a trial that has some has a fault. How
 * HWLab tries a model out is made up anew each time, so there it shows what it `can`.
 */
export async function openReplayModel(
  recording: Recording,
  can: ProbedAbilities = ableToCall,
): Promise<ModelProxy & { unknown: string[] }> {
  const unknown: string[] = []
  const tried = await openDialectServer('ollama', {
    reply: async ({ text }) => (await answerProbe(text, can)) ?? say(''),
  })
  const proxy = await openModelProxy(async (request, response) => {
    const isTry = isChat(request.path) && (await answerProbe(request.body, can)) !== null
    const known = isTry ? await passOn(tried, request) : recording.exchanges[requestHash(request)]
    if (!known) unknown.push(`${request.method} ${request.path} ${request.body.slice(-300)}`)
    const { status, contentType, body } = known ?? notRecorded
    response.writeHead(status, { 'content-type': contentType })
    response.end(body)
  })
  return {
    ...{ baseUrl: proxy.baseUrl, unknown },
    async close() {
      await proxy.close()
      await tried.close()
    },
  }
}

const notRecorded = {
  ...{ status: 501, contentType: 'application/json' },
  body: '{"error":{"message":"not recorded","type":"not_recorded"}}',
}
