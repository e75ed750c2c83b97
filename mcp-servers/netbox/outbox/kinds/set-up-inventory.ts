import { z } from 'zod'
import { type Failure, failed } from '../../client/failure.ts'
import { lookForThing } from '../../setup/look-for-things.ts'
import { type SetupThing, setupThingSchema, thingWords } from '../../setup/setup-things.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

const setUpSchema = z.object({ things: z.array(setupThingSchema).min(1).max(200) })
type SetUp = z.infer<typeof setUpSchema>

/** Adds what HWLab needs in NetBox: custom fields, its tag, a site, roles. Only ever adds. */
const setUpInventory: OperationKind<SetUp> = {
  kind: 'set_up_inventory',
  schema: setUpSchema,
  subjects: () => ['set-up'],
  title: ({ things }) =>
    things.length === 1 && things[0] ? thingWords(things[0]) : `Set-up of NetBox: ${things.length} things`,
  attempt: addThings,
}

export default setUpInventory

/** What is there already is left as it is, so repeating it adds nothing. One refusal does not keep the others out. */
async function addThings(bench: Workbench, { intent }: Operation<SetUp>): Promise<Attempt> {
  bench.references.forget()
  const refusals: string[] = []
  for (const thing of intent.things) {
    const added = await addThing(bench, thing)
    if (added.kind !== 'failed') continue
    if (added.cause !== 'denied' && added.cause !== 'invalid') return added
    refusals.push(added.why)
  }
  if (refusals.length > 0) return failed('denied', [...new Set(refusals)].join(' '))
  const lost: string[] = []
  for (const thing of intent.things) {
    const state = await lookForThing(bench.rest, thing, bench.signal)
    if (state.kind === 'failed') return state
    const isThere = state.kind === 'there' || (state.kind === 'differs' && state.harmless)
    if (!isThere) lost.push(thingWords(thing))
  }
  if (lost.length > 0)
    return {
      kind: 'needs-human',
      why: `NetBox took this, but does not show it as asked: ${lost.join(', ')}. Look in NetBox, then retry.`,
    }
  const many = intent.things.length
  return {
    kind: 'confirmed',
    record: null,
    words: `${many === 1 ? 'It is' : `All ${many} are`} in NetBox and read back.`,
    undo: null,
  }
}

function addThing({ references, signal }: Workbench, thing: SetupThing): Promise<{ kind: 'have' } | Failure> {
  switch (thing.kind) {
    case 'custom-field':
      return references.customField(thing.name, thing.objectType, signal)
    case 'tag':
      return references.tag(thing.name, signal)
    case 'site':
      return references.site(thing.site, signal)
    case 'role':
      return references.role(thing.role, signal)
  }
}
