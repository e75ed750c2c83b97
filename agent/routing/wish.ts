import type { ModelEntry } from '../models/model-entry.ts'

/** Who shall answer, as a person said it. */
export type Wish = { kind: 'auto' } | { kind: 'local' } | { kind: 'cloud' } | { kind: 'model'; key: string }

/** As it is stored and sent: `auto`, `local`, `cloud`, or a model's key. */
export function wishOf(text: string): Wish {
  return text === 'auto' || text === 'local' || text === 'cloud'
    ? { kind: text }
    : { kind: 'model', key: text }
}

const usePattern = /^\s*\/?use\s+((?:auto|local|cloud)(?::\s*(\S+))?)\s*$/i
const slashUse = /^\s*\/use\b/i

export type UseCommand = { kind: 'none' } | { kind: 'wish'; wish: string } | { kind: 'refused'; why: string }

const usage = 'Write `/use auto`, `/use local`, `/use cloud` or `/use cloud:<model>`.'

/** `/use cloud:gemma`: a model is found by its key, its id, or a piece of it that only one has. */
export function readUse(text: string, entries: ModelEntry[]): UseCommand {
  const [, said = '', name] = usePattern.exec(text) ?? []
  if (said === '') return slashUse.test(text) ? { kind: 'refused', why: usage } : { kind: 'none' }
  const where = said.split(':')[0]?.toLowerCase() ?? ''
  if (name === undefined) return { kind: 'wish', wish: where }
  if (where === 'auto') return { kind: 'refused', why: usage }
  const asked = name.toLowerCase()
  const there = entries.filter((entry) => entry.where === where)
  const exact = there.filter(({ key }) => key.toLowerCase() === asked || idOf(key) === asked)
  const fitting = exact.length > 0 ? exact : there.filter(({ key }) => key.toLowerCase().includes(asked))
  const [first, second] = fitting
  if (first && !second) return { kind: 'wish', wish: first.key }
  const known = (first ? fitting : there).map(({ key }) => idOf(key)).join(', ')
  if (first) return { kind: 'refused', why: `More than one model fits “${name}”: ${known}. Write it out.` }
  const place = where === 'cloud' ? 'in the cloud' : 'on this network'
  const why =
    known === '' ? `No model ${place} is connected.` : `There is no “${name}” ${place}. Connected: ${known}.`
  return { kind: 'refused', why }
}

function idOf(key: string): string {
  return key.slice(key.indexOf('/') + 1).toLowerCase()
}
