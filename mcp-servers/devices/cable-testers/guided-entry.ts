import { type Refusal, refused } from '../../serving/tool.ts'
import { shieldContact, type Wiremap, type Wiring } from './wiremap.ts'

/** What a person saw: near contact → the far contacts that lit. A contact that is not a key was not tested. */
export type GuidedEntry = Readonly<Record<string, readonly string[]>>

/** Lamps tell no twisted pairs and no lengths. */
export const guidedAbility = { shorts: true, shield: true, splitPairs: false, length: false } as const

export function nearContacts({ lines, mustBeOpen }: Wiring): string[] {
  return [...new Set([...Object.keys(lines), ...Object.keys(mustBeOpen), shieldContact])]
}

export function farContacts({ lines, mustBeOpen }: Wiring): string[] {
  return [...new Set([...Object.values(lines).flat(), ...Object.keys(mustBeOpen), shieldContact])].sort(
    byName.compare,
  )
}

const byName = new Intl.Collator('en', { numeric: true })

/** Near contacts that light the same far contact are joined. */
export function guidedWiremap(entry: GuidedEntry, wiring: Wiring): Wiremap | Refusal {
  const near = new Set(nearContacts(wiring))
  const far = new Set(farContacts(wiring))
  const isKnown = Object.entries(entry).every(
    ([contact, lit]) => near.has(contact) && lit.every((one) => far.has(one)),
  )
  if (!isKnown) return refused('This plug has no such contact. Start the entry again.')
  return { far: entry, shorts: joinedGroups(entry), splits: null }
}

function joinedGroups(entry: GuidedEntry): string[][] {
  let groups: { near: string[]; far: ReadonlySet<string> }[] = []
  for (const [contact, lit] of Object.entries(entry)) {
    const touching = groups.filter((group) => lit.some((one) => group.far.has(one)))
    groups = [
      ...groups.filter((group) => !touching.includes(group)),
      {
        near: [...touching.flatMap((group) => group.near), contact],
        far: new Set([...touching.flatMap((group) => [...group.far]), ...lit]),
      },
    ]
  }
  return groups.filter(({ near }) => near.length > 1).map(({ near }) => near.toSorted(byName.compare))
}
