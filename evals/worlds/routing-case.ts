/** What a turn needs: a command needs no model; a plan needs more than a small one; an explanation needs no tools. */
export type Need = 'command' | 'lookup' | 'action' | 'plan' | 'research' | 'explain' | 'chitchat'

export interface RoutingTurn {
  need: Need
  text: string
}

/** Turns with the labels that a person gave them. `dev` is for tuning and counts for nothing; `held-out` was written before anything was measured on it. */
export interface RoutingCase {
  name: string
  split: 'dev' | 'test' | 'held-out'
  /** Each group is one thing said in several ways; single turns are groups of one. */
  groups: RoutingTurn[][]
}

const needs: Need[] = ['command', 'lookup', 'action', 'plan', 'research', 'explain', 'chitchat']

/** One turn a line, `need: text`; an empty line begins a new group when `grouped`. */
export function routingTurns(text: string, grouped = false): RoutingTurn[][] {
  return text
    .trim()
    .split(grouped ? '\n\n' : '\n')
    .map((block) => block.split('\n').map(turnOf))
}

function turnOf(line: string): RoutingTurn {
  const at = line.indexOf(': ')
  const need = needs.find((one) => one === line.slice(0, at))
  if (!need) throw new Error(`No need in “${line}”`)
  return { need, text: line.slice(at + 2) }
}
