import { aboutModel, type Candidate, lineTo } from '../candidate.ts'
import type { Gate } from '../one-at-a-time.ts'
import { meteredModel } from '../protected-model.ts'
import type { RosterDeps } from '../roster.ts'
import { readFacts } from '../servers/read-facts.ts'
import type { ProbeSubject } from './probe-subject.ts'

const postTimeoutMs = 60_000

/** The model as the probe asks it: paid for and waiting for its turn, but without armour, so that what it lacks is seen. */
export function probeSubject(
  candidate: Candidate,
  gate: Gate,
  deps: Pick<RosterDeps, 'fetch' | 'spend'>,
  signal: AbortSignal,
): ProbeSubject {
  const { server, listed } = candidate
  return {
    signal,
    model: meteredModel(aboutModel(candidate), lineTo(candidate, gate), deps),
    async facts() {
      const said = await readFacts(server, [listed.id], deps.fetch)
      // Some servers tell the window only once the model is loaded, which the first call did.
      listed.facts = { ...listed.facts, ...said?.models.get(listed.id) }
      return listed.facts
    },
    async post(path, body) {
      // A call over `/v1` would make Ollama load the model again, with a window of its own choice.
      if (listed.facts.ollamaWindowTokens !== null) return null
      const leave = await gate.enter(signal)
      try {
        const response = await deps.fetch(`${server.baseUrl}${path}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(server.apiKey === null ? {} : { authorization: `Bearer ${server.apiKey}` }),
          },
          body: JSON.stringify({ model: listed.id, ...body }),
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(postTimeoutMs)]),
        })
        const text = await response.text()
        return response.ok ? parsedJson(text) : null
      } finally {
        leave()
      }
    },
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
