/**
 * What a tester measured, in contacts of the near plug. `far`: the far contacts that a near contact reaches (empty: open);
 * a contact that is not a key was not tested. `shorts`: groups of near contacts that are joined. `splits`: pairs that
 * share a twisted pair wrongly; null when the tester cannot see that.
 */
export interface Wiremap {
  far: Readonly<Record<string, readonly string[]>>
  shorts: readonly (readonly string[])[]
  splits: readonly (readonly string[])[] | null
}

/** Conductors that belong together: left out as a whole it is a lesser cable, in part a broken one. */
export interface OptionalGroup {
  /** "USB 2.0 only: it has no SuperSpeed pairs." */
  without: string
  near: readonly string[]
}

/** How a good cable is wired. Contact ids are those of the connector's standard. */
export interface Wiring {
  id: string
  /** "straight-through", "USB-C to USB-C". */
  name: string
  plug: string
  /** Near contact → the far contacts that it must reach. */
  lines: Readonly<Record<string, readonly string[]>>
  /** Signal names of near contacts; a contact without one is "Pin 4". */
  signals: Readonly<Record<string, string>>
  /** Pairs by contacts: the pair number of a TIA-568 cable depends on T568A or T568B. */
  pairs: readonly (readonly [string, string])[]
  optional: readonly OptionalGroup[]
  /** Contacts that a cable of the standard leaves open, with the reason. */
  mustBeOpen: Readonly<Record<string, string>>
}

/** The contact id of the shield, in every connector. */
export const shieldContact = 'S'

/** Every contact to the one of the same name. */
export function straight(contacts: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(contacts.map((contact) => [contact, [contact]]))
}

/** "1" to "8" for (1, 8). */
export function contactsBetween(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}`)
}
