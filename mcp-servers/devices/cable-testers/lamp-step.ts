import { type Refusal, refused } from '../../serving/tool.ts'
import { farContacts, nearContacts } from './guided-entry.ts'
import { shieldContact, type Wiring } from './wiremap.ts'

/** What a vision model says it sees on a tester: the lamps that are lit, as printed. null: that end is not in the photo. */
export interface LampsSaid {
  near: readonly string[] | null
  far: readonly string[] | null
  isSure: boolean
}

/** One step of a tester: the near contact that was driven, and the far contacts that lit. */
export interface LampStep {
  near: string
  lit: readonly string[]
}

/** Words for the shield beside its lamp. */
const shieldLabels = new Set(['G', 'GND', 'SHIELD', 'SHELL'])

/** Two or three are steps that run into each other in one exposure; more than that light all at once. */
const lampsTogetherMin = 4

/**
 * What a photo shows for certain. Anything that may mean two things is no step: lamps that light together do not say
 * where each wire arrives, and no lamp at all may be an open wire or the pause between two steps.
 */
export function lampSteps({ near, far }: LampsSaid, wiring: Wiring): LampStep[] | Refusal {
  const driven = named(near ?? [], nearContacts(wiring), wiring)
  const lit = named(far ?? [], farContacts(wiring), wiring)
  if (driven === null || lit === null)
    return refused('The model named a lamp that this cable does not have, so nothing was taken from it.')
  if (driven.length >= lampsTogetherMin) return darkAmong(driven, wiring)
  if (near === null || far === null) return refused('Only one end of the tester is in this photo.')
  const [only] = driven
  if (driven.length > 1)
    return refused('Several lamps of the near end are lit, so it does not show where each wire arrives.')
  if (only !== undefined) return [{ near: only, lit }]
  return refused(
    lit.length > 0
      ? 'No lamp of the near end is lit, so it does not show which wire this is.'
      : 'No lamp is lit. That may be an open wire, or the pause between two.',
  )
}

/** Of a tester that lights all its lamps at once, only the dark ones say something. */
function darkAmong(lit: readonly string[], { lines }: Wiring): LampStep[] | Refusal {
  const dark = Object.keys(lines).filter((contact) => !lit.includes(contact))
  if (dark.length > 0) return dark.map((near) => ({ near, lit: [] }))
  return refused('All lamps are lit together: no wire is open, but it does not show where each arrives.')
}

/** Contacts for labels, each once; null when one of them is not known. */
function named(labels: readonly string[], contacts: readonly string[], wiring: Wiring): string[] | null {
  // Signals are written with a minus sign (D−), keyboards and models write a hyphen.
  const found = labels.map((label) => contactOf(label.toUpperCase().replace('-', '−'), contacts, wiring))
  const known = found.filter((contact) => contact !== null)
  return known.length === found.length ? [...new Set(known)] : null
}

/** By the contact itself, or by a signal that only one contact has. */
function contactOf(label: string, contacts: readonly string[], { signals }: Wiring): string | null {
  if (contacts.includes(label)) return label
  const carrying = contacts.filter((contact) => signals[contact]?.toUpperCase() === label)
  if (carrying.length > 0) return carrying.length === 1 ? (carrying[0] ?? null) : null
  return shieldLabels.has(label) ? shieldContact : null
}
