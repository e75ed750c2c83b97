import type { Features } from '../client/features.ts'
import type { Inventory } from '../client/inventory.ts'
import type { Rest } from '../client/rest.ts'
import { countText } from '../count-text.ts'
import { lookForThing } from './look-for-things.ts'
import { findOwnToken, type OwnToken } from './own-token.ts'
import { askRight, deletes, neededRights, type Right, type RightAnswer } from './rights.ts'
import { neededThings, type SetupThing, thingWords } from './setup-things.ts'

/** One line of the check. */
export interface SetupFinding {
  what: string
  state: 'there' | 'missing' | 'differs' | 'refused' | 'unknown'
  words: string
  /** What to do; null: nothing. */
  fix: string | null
}

export interface SetupReport {
  kind: 'report'
  /** "NetBox at https://netbox.lan". */
  target: string
  /** "3 things are missing." */
  words: string
  isReady: boolean
  findings: SetupFinding[]
  /** What one approval would add. */
  missing: SetupThing[]
}

/** Looks whether NetBox has what HWLab needs and lets it do its work. Sends only GET and OPTIONS. */
export async function checkSetup(
  inventory: Inventory,
  wish: { token: string | null; site: { name: string; slug: string }; roles: SetupThing[] },
): Promise<SetupReport | { kind: 'away'; why: string }> {
  const { rest } = inventory
  const probe = await inventory.probe()
  if (probe.kind !== 'ready') return { kind: 'away', why: probe.why }
  const known = await inventory.features()
  if (known.kind === 'away') return known
  const findings: SetupFinding[] = [
    {
      what: 'Version',
      state: 'there',
      words: `NetBox ${probe.version}${plugins(known.features)}`,
      fix: null,
    },
  ]
  const things = await lookAtThings(rest, [...neededThings(wish.site, known.features), ...wish.roles])
  if (things.kind === 'away') return things
  const own = wish.token === null ? null : await findOwnToken(rest, wish.token)
  const rights = await askRights(rest, neededRights(things.missing, known.features))
  const isShut = own ? !own.writeEnabled : rights.mayWrite === false
  if (wish.token !== null) findings.push(tokenFinding(wish.token, own, isShut))
  findings.push(...things.findings, ...rightsFindings(rights.answers, isShut))
  const { missing } = things
  const stops = findings.filter(({ state }) => state === 'refused' || state === 'differs')
  return {
    kind: 'report',
    target: inventory.describe(),
    words: reportWords(missing.length, stops.length),
    isReady: missing.length === 0 && stops.length === 0,
    findings,
    missing,
  }
}

function plugins({ assets }: Features): string {
  return assets ? ' with the plugin netbox-inventory' : ''
}

function reportWords(missing: number, stops: number): string {
  const told = [
    ...(missing === 0 ? [] : [`${countText(missing, 'thing is', 'things are')} missing`]),
    ...(stops === 0 ? [] : [`${countText(stops, 'needs', 'need')} you in NetBox`]),
  ]
  return told.length === 0 ? 'Everything that HWLab needs is there.' : `${told.join(', ')}.`
}

async function lookAtThings(
  rest: Rest,
  things: SetupThing[],
): Promise<
  { kind: 'looked'; findings: SetupFinding[]; missing: SetupThing[] } | { kind: 'away'; why: string }
> {
  const findings: SetupFinding[] = []
  const missing: SetupThing[] = []
  for (const thing of things) {
    const what = thingWords(thing)
    const state = await lookForThing(rest, thing)
    switch (state.kind) {
      case 'there':
        findings.push({ what, state: 'there', words: 'There', fix: null })
        break
      case 'missing':
        missing.push(thing)
        findings.push({ what, state: 'missing', words: 'Missing', fix: null })
        break
      case 'differs':
        findings.push({ what, state: 'differs', words: `Differs: it ${state.how}`, fix: state.fix })
        break
      case 'failed':
        if (state.cause !== 'denied') return { kind: 'away', why: state.why }
        findings.push({ what, state: 'unknown', words: 'Not seen: HWLab’s token may not look', fix: null })
    }
  }
  return { kind: 'looked', findings, missing }
}

type Answered = { right: Right; answer: RightAnswer }

async function askRights(
  rest: Rest,
  rights: Right[],
): Promise<{ answers: Answered[]; mayWrite: boolean | null }> {
  const answers = await Promise.all(
    rights.map(async (right) => ({ right, answer: await askRight(rest, right) })),
  )
  const known = answers.flatMap(({ answer }) => (answer.kind === 'known' ? [answer] : []))
  return { answers, mayWrite: known.length === 0 ? null : known.some(({ mayWrite }) => mayWrite) }
}

/** `isShut`: the token cannot write at all, so only what it may not see is told one by one. */
function rightsFindings(answers: Answered[], isShut: boolean): SetupFinding[] {
  const findings: SetupFinding[] = []
  const lacking = answers.flatMap(({ right, answer }) => {
    if (answer.kind === 'unknown') return []
    const verbs = isShut ? answer.lacking.filter((verb) => verb === 'view') : answer.lacking
    return verbs.length === 0 ? [] : [{ right, verbs }]
  })
  for (const wanted of new Set(lacking.map(({ right }) => right.verbs.join(', ')))) {
    const group = lacking.filter(({ right }) => right.verbs.join(', ') === wanted)
    const told = group.map(({ right, verbs }) => `${right.object} (${verbs.join(', ')})`)
    const objects = group.map(({ right }) => right.object)
    findings.push({
      what: `Rights to ${wanted}`,
      state: 'refused',
      words: `Lacking on ${told.join('; ')}`,
      fix: `In NetBox under Admin > Permissions add a permission for HWLab’s user: actions ${wanted}; object types ${objects.join(', ')}.`,
    })
  }
  for (const { right, answer } of answers)
    if (answer.kind === 'unknown')
      findings.push({
        what: `Rights on ${right.object}`,
        state: 'unknown',
        words: 'Not known until tried',
        fix: answer.why,
      })
  const whole = {
    what: 'Rights to view, add and change',
    state: 'there',
    words: 'All there',
    fix: null,
  } as const
  return [
    ...(findings.length === 0 && !isShut ? [whole] : findings),
    {
      what: 'Rights to delete',
      state: 'unknown',
      words: 'Not known until tried: NetBox does not tell',
      fix: `HWLab deletes only what it sent twice, a part’s old record after a move, its own cables, and double interfaces. Its user needs the action delete on ${deletes}.`,
    },
  ]
}

function tokenFinding(token: string, own: OwnToken | null, isShut: boolean): SetupFinding {
  const kind = token.startsWith('nbt_') ? 'v2' : 'v1'
  if (isShut)
    return own
      ? {
          what: 'Token',
          state: 'refused',
          words: `${kind}, may only read`,
          fix: 'In NetBox open the token under Admin > API Tokens and tick “Write enabled”.',
        }
      : {
          what: 'Token',
          state: 'refused',
          words: `${kind}, may write nothing`,
          fix: 'Either “Write enabled” of the token is off in NetBox, or its user has no permission to add anything.',
        }
  const of = own?.user ? `, of the user ${own.user}` : ''
  const until = own?.expires ? `, until ${own.expires.slice(0, 10)}` : ''
  return { what: 'Token', state: 'there', words: `${kind}, may write${of}${until}`, fix: null }
}
