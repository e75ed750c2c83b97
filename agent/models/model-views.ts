import type { ConnectionView } from '../protocol/connections.ts'
import { aboutModel, type Candidate, isUsable, stepsFor } from './candidate.ts'
import { capabilityFix, capabilityWords } from './capability-words.ts'
import type { ServerState } from './list-models.ts'
import type { ModelFailure } from './model-failure.ts'
import { isFoundByItself, type ModelServer } from './providers.ts'

export interface LookedAt {
  server: ModelServer
  state: ServerState
}

export interface RosterState {
  looked: LookedAt[]
  candidates: Candidate[]
  troubles: ReadonlyMap<string, ModelFailure>
  /** `words` completes "Trying …: ". */
  trying: { key: string; words: string } | null
}

const howToGetOne =
  'Start Ollama, LM Studio or llama-server on this machine and check again. Without one, photos, commands and labels still work; with one you can ask in your own words.'

/** One line per model, then what is wrong with servers. */
export function modelViews(state: RosterState): ConnectionView[] {
  const models = state.candidates.map((candidate) => modelView(candidate, state))
  const servers = state.looked.flatMap(serverViews)
  const seen = new Set<string>()
  const once = servers.filter(({ name, fix }) => !seen.has(`${name} ${fix}`) && seen.add(`${name} ${fix}`))
  if (models.length > 0) return [...models, ...once]
  return [{ name: 'Models', stateWords: 'None connected', tone: 'muted', fix: howToGetOne }, ...once]
}

function modelView(candidate: Candidate, { troubles, trying }: RosterState): ConnectionView {
  const { key, server, listed, software } = candidate
  const { name, capabilities } = aboutModel(candidate)
  const trouble = troubles.get(key)
  const view = { name, modelKey: key }
  if (trouble?.kind === 'no-money')
    return { ...view, stateWords: 'Not asked', tone: 'muted', fix: `It was not tried: ${trouble.words}.` }
  if (trouble) {
    const fix = `It was tried, but ${trouble.words}. Look at ${server.name}, then try it again.`
    return { ...view, stateWords: 'Did not answer', tone: 'bad', fix }
  }
  if (trying?.key === key)
    return { name, stateWords: `Trying ${listed.id}: ${trying.words}…`, tone: 'working', fix: null }
  if (!capabilities || !isUsable(candidate) || stepsFor(candidate).length > 0)
    return { name, stateWords: 'Waits to be tried', tone: 'working', fix: null }
  const place = server.where === 'cloud' ? 'In the cloud' : 'On this network'
  const source = listed.facts.claims ? 'its list says: ' : ''
  return {
    ...view,
    stateWords: `${place}; ${source}${capabilityWords(capabilities)}`,
    tone: capabilities.tools !== 'no' || capabilities.smallestTextPixels !== null ? 'good' : 'muted',
    fix: capabilityFix(capabilities, listed, software),
  }
}

function serverViews({ server, state }: LookedAt): ConnectionView[] {
  const { name, baseUrl } = server
  const isWished = !isFoundByItself(server)
  if (state.kind === 'absent') {
    const fix = `Nothing answers at ${baseUrl}. Does it run, and is the address right?`
    return isWished ? [{ name, stateWords: 'Cannot be reached', tone: 'bad', fix }] : []
  }
  if (state.kind === 'broken') {
    const fix = `Something listens on ${baseUrl}, but ${state.why}. ${state.fix}`
    return [{ name, stateWords: 'Not usable', tone: isWished ? 'bad' : 'muted', fix }]
  }
  const offers = state.models.map(({ id }) => id).join(', ')
  const missing = state.missing.map((id): ConnectionView => {
    const others = offers === '' ? '' : ` It has ${offers}.`
    const fix = `${name} does not list it, or no longer.${others} Name another one in models.json.`
    return { name: `${id} (${name})`, stateWords: 'Not there', tone: 'bad', fix }
  })
  if (state.untried === 0) return missing
  const left = state.untried === 1 ? '1 more model is' : `${state.untried} more models are`
  const fix = 'Name the ones that you want in models.json; each one that is tried has to be loaded.'
  return [...missing, { name, stateWords: `${left} left alone`, tone: 'muted', fix }]
}
