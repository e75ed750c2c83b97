import { type Refusal, refused } from '../../serving/tool.ts'
import type { Rest } from '../client/rest.ts'
import { inWords, quoted } from '../intake/field-words.ts'
import { type BayRow, baysNamed, baysOf } from './find-bay.ts'
import type { Bay } from './move-intent.ts'

export type Machine = Bay['machine']

/** The free bay that is meant; a name that the machine does not have becomes a new bay. */
export async function chooseBay(
  rest: Rest,
  machine: Machine,
  wish: string,
): Promise<{ kind: 'to'; place: Bay } | Refusal> {
  const found = await baysOf(rest, machine.id)
  if (found.kind === 'failed') return refused(found.why)
  const name = wish.trim()
  if (name.length > 64) return refused('A bay’s name has up to 64 characters in NetBox.')
  const named =
    name === ''
      ? found.bays.filter(({ installed_module }) => installed_module === null)
      : baysNamed(found.bays, name)
  const [bay, other] = named
  if (!bay && name === '') return refused(noneFree(machine, found.bays))
  if (!bay) return { kind: 'to', place: { kind: 'bay', machine, name, isNew: true } }
  if (other && name === '')
    return refused(`${machine.name} has several free bays: ${namesOf(named)}. Say which one.`)
  if (other)
    return refused(
      `${machine.name} has ${named.length} bays “${quoted(bay.name)}”. Give each its own name in NetBox first.`,
    )
  if (bay.installed_module)
    return refused(
      `“${quoted(bay.installed_module.display, 80)}” sits in ${quoted(bay.name)} of ${machine.name}. Take it out first.${freeOnes(found.bays)}`,
    )
  return { kind: 'to', place: { kind: 'bay', machine, name: bay.name, isNew: false } }
}

function noneFree(machine: Machine, bays: readonly BayRow[]): string {
  const what = bays.length === 0 ? 'has no bays in NetBox' : 'has no free bay'
  return `${machine.name} ${what}. Say what the bay is called, such as SSD 1, and it is added.`
}

function freeOnes(bays: readonly BayRow[]): string {
  const free = bays.filter(({ installed_module }) => installed_module === null)
  return free.length === 0 ? '' : ` Free: ${namesOf(free)}.`
}

function namesOf(bays: readonly BayRow[]): string {
  const names = bays.slice(0, 6).map(({ name }) => quoted(name, 40))
  return bays.length > names.length
    ? `${names.join(', ')} and ${bays.length - names.length} more`
    : inWords(names)
}
