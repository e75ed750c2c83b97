/** One kind of interface of a platform: a word and a number, as in `GigabitEthernet` and `1/0/1`. */
export interface InterfaceKind {
  /** As the platform itself writes it, with the hyphen where there is one (`ge-`). */
  word: string
  /** Other spellings of the word; letter case does not matter. */
  spellings: readonly string[]
  /** Anchored, in lower case. */
  number: RegExp
  /** NetBox's slug for `type`; `other` where the name does not say how fast the port is. */
  type: string
  isManagement: boolean
}

/** How a platform names its interfaces. */
export interface NamingRules {
  kinds: readonly InterfaceKind[]
  /** Between word and number. */
  joint: '' | ' '
  numberLetters: 'upper' | 'lower'
  /** Linux: `enp2s1` and `enP2s1` are two interfaces. */
  isCaseSensitive: boolean
  /** Names that something around the platform has for its interfaces, before anything else is looked at. */
  renamed: readonly (readonly [from: RegExp, to: string])[]
}

export function port(
  word: string,
  spellings: readonly string[],
  number: RegExp,
  type: string,
): InterfaceKind {
  return { word, spellings, number, type, isManagement: false }
}

export function management(
  word: string,
  spellings: readonly string[],
  number: RegExp,
  type: string,
): InterfaceKind {
  return { word, spellings, number, type, isManagement: true }
}

export function naming(kinds: readonly InterfaceKind[]): NamingRules {
  return { kinds, joint: '', numberLetters: 'lower', isCaseSensitive: false, renamed: [] }
}

/** `10`, with a subinterface `10.200`. */
export const plainNumber = /^\d+(?:\.\d+)?$/
/** Only the name, or a subinterface of it. */
export const noNumber = /^(?:\.\d+)?$/
