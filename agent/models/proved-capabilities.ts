import type { Capabilities, Quirk } from './model-entry.ts'
import type { ModelFacts } from './servers/server-software.ts'

type Findings = ReadonlyMap<string, number | null>

/** A cloud model that says it reads pictures is not tried with money: this is what it is trusted with. */
const claimedTextPixels = 28

/** What a model may be used for: what it showed, else (in the cloud) what its server says, never more than the person allows. */
export function provedCapabilities(found: Findings, facts: ModelFacts, quirks: Quirk[]): Capabilities {
  const { claims } = facts
  const tools = found.get('tools') ?? (claims?.tools ? 2 : 0)
  const isYes = (name: string, claim: boolean | undefined) => (found.get(name) ?? Number(claim ?? false)) > 0
  const pixels = found.has('text-pixels')
    ? found.get('text-pixels')
    : claims?.pictures
      ? claimedTextPixels
      : null
  return {
    tools: tools === 0 || quirks.includes('no-tools') ? 'no' : streamedOr(tools, quirks),
    schema: isYes('schema', claims?.schema) && !quirks.includes('no-schema'),
    smallestTextPixels: quirks.includes('no-pictures') ? null : (pixels ?? null),
    windowTokens: windowOf(found, facts),
    countsTokens: isYes('counts', false),
    logprobs: isYes('logprobs', claims?.logprobs),
    tokensPerSecond: found.get('tokens-per-second') ?? null,
  }
}

function streamedOr(tools: number, quirks: Quirk[]): 'whole' | 'streamed' {
  return tools === 1 || quirks.includes('whole-tools') ? 'whole' : 'streamed'
}

/** What was seen to be cut goes before what is said; without either, what was seen to be held. */
function windowOf(found: Findings, { windowTokens }: ModelFacts): number | null {
  return (
    found.get('window-cut') ?? windowTokens ?? found.get('window-claimed') ?? found.get('window-held') ?? null
  )
}
